using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// What the blocks of a launch have in common while it is checked: global memory and the findings. They run on one
/// thread: what happens before what is seen in the order in which it happens.
/// </summary>
/// <param name="grid">Blocks.</param>
/// <param name="warpsPerBlock">Warps of each block.</param>
/// <param name="memory">Global memory.</param>
internal sealed class LaunchChecker(Dim3 grid, int warpsPerBlock, EmulatedMemory memory) : LaunchWatcher
{
    private readonly Dictionary<(int PtxLine, string Kind), EmulatorFinding> _findings = [];

    public int WarpsPerBlock => warpsPerBlock;

    public EmulatedMemory Memory => memory;

    /// <summary>Who accessed what of global memory.</summary>
    public ShadowMemory Global { get; } = new();

    public override BlockWatcher Begin(Block block)
    {
        int number = (int)block.Number;
        BlockChecker checker = new(this, number, block.Launch.SharedBytes);
        return new CheckWatcher(this, checker, new RegisterChecker(this, number));
    }

    public override void End(Block block, BlockWatcher watcher) => ((CheckWatcher)watcher).End();

    /// <summary>Adds a finding unless its line already has one of the kind.</summary>
    public void Add(EmulatorFinding finding) => _findings.TryAdd((finding.PtxLine, finding.Kind), finding);

    /// <summary>All findings, in the order of the text.</summary>
    public IReadOnlyList<EmulatorFinding> ToFindings()
    {
        foreach (EmulatorFinding finding in Global.Deferred)
            Add(finding);
        return [.. _findings.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    /// <summary>A warp, for messages.</summary>
    public string Name(int block, int warp)
    {
        Dim3 id = new(block % grid.X, block / grid.X % grid.Y, block / grid.X / grid.Y);
        return $"block {id} warp {warp}";
    }
}
