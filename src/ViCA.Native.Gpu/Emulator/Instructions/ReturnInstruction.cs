using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>ret</c> and <c>exit</c> (PTX ISA 9.7.12.6 and 7).</summary>
internal sealed class ReturnInstruction(bool leavesKernel) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        if (leavesKernel)
            warp.Exit(mask);
        else
            warp.Return(mask);
    }
}
