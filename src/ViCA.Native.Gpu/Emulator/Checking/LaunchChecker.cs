namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>What the blocks of a launch have in common while it is checked: global memory and the findings.</summary>
/// <param name="findings">Takes the findings.</param>
/// <param name="warpsPerBlock">Warps of each block.</param>
internal sealed class LaunchChecker(FindingList findings, int warpsPerBlock)
{
    private readonly ShadowMemory _global = new();

    private readonly Lock _gate = new();

    public FindingList Findings => findings;

    public int WarpsPerBlock => warpsPerBlock;

    /// <summary>As <see cref="ShadowMemory.Note"/>, for global memory and any thread.</summary>
    public LastAccess NoteGlobal(WarpOrder order, in MemoryAccess access, out ulong address, out bool wasWrite)
    {
        lock (_gate)
            return _global.Note(order, access, out address, out wasWrite);
    }
}
