using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>What has no effect here: hints, prefetches, <c>nanosleep</c>.</summary>
internal sealed class NothingInstruction : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
    }
}
