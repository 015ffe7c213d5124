using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>activemask</c> (PTX ISA 9.7.13.11).</summary>
internal sealed unsafe class ActiveMaskInstruction(Slot d) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        for (uint rest = mask; rest != 0; rest &= rest - 1)
            Lanes.Write(warp.Frame, d, (int)uint.TrailingZeroCount(rest), mask);
    }
}
