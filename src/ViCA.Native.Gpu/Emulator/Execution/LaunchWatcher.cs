namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Makes the watchers of a launch's blocks and puts together what they saw.</summary>
internal abstract class LaunchWatcher
{
    /// <summary>The watcher of a block that starts now; called from several threads.</summary>
    public abstract BlockWatcher Begin(Block block);

    /// <summary>The block has ended; called from several threads.</summary>
    public abstract void End(Block block, BlockWatcher watcher);
}
