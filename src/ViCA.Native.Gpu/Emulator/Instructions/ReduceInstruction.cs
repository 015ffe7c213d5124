using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>redux.sync</c> (PTX ISA 9.7.13.12).</summary>
internal sealed unsafe class ReduceInstruction(Func<uint, uint, uint> function, Slot d, Slot a, Slot members)
    : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        byte* frame = warp.Frame;
        int leader = int.TrailingZeroCount((int)mask);
        uint required = (uint)Lanes.Read(frame, members, leader);
        if (!MemberMasks.AreThere(this, warp, mask, required))
            return;
        uint* values = (uint*)(frame + a.Offset);
        uint result = values[leader];
        for (uint rest = mask & (mask - 1); rest != 0; rest &= rest - 1)
            result = function(result, values[uint.TrailingZeroCount(rest)]);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
            Lanes.Write(frame, d, (int)uint.TrailingZeroCount(rest), result);
    }
}
