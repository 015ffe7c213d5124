using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary><c>membar</c> and <c>fence</c> (PTX ISA 9.7.13.4).</summary>
internal sealed class FenceInstruction : Instruction
{
    /// <summary>Reaches beyond the block.</summary>
    public required bool IsWide { get; init; }

    public override void Execute(Warp warp, uint mask)
    {
        Interlocked.MemoryBarrier();
        warp.Block.Watcher?.OnFence(warp, this);
    }
}
