using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>What the blocks of a launch have in common while it is checked: global memory and the findings.</summary>
/// <param name="grid">Blocks.</param>
/// <param name="warpsPerBlock">Warps of each block.</param>
/// <param name="memory">Global memory.</param>
internal sealed class LaunchChecker(Dim3 grid, int warpsPerBlock, EmulatedMemory memory) : LaunchWatcher
{
    private readonly ShadowMemory _global = new();

    private readonly Lock _gate = new();

    public FindingList Findings { get; } = new();

    public int WarpsPerBlock => warpsPerBlock;

    public EmulatedMemory Memory => memory;

    public override BlockWatcher Begin(Block block)
    {
        int number = (int)block.Number;
        BlockChecker checker = new(this, number, block.Launch.SharedBytes);
        return new CheckWatcher(this, checker, new RegisterChecker(this, number));
    }

    public override void End(Block block, BlockWatcher watcher)
    {
    }

    /// <summary>As <see cref="ShadowMemory.Note"/>, for global memory and any thread.</summary>
    public LastAccess NoteGlobal(WarpOrder order, in WarpAccess access, out ulong address, out bool wasWrite)
    {
        lock (_gate)
            return _global.Note(order, access, out address, out wasWrite);
    }

    /// <summary>A warp, for messages.</summary>
    public string Name(int block, int warp)
    {
        Dim3 id = new(block % grid.X, block / grid.X % grid.Y, block / grid.X / grid.Y);
        return $"block {id} warp {warp}";
    }
}
