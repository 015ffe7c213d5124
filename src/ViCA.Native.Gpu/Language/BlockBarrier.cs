namespace ViCA.Native.Gpu.Language;

/// <summary>Barriers among the threads of a block (<c>bar.sync</c>, <c>bar.arrive</c>). Whole warps only.</summary>
public static class BlockBarrier
{
    /// <summary>Waits for all threads of the block; what they wrote before is seen by all after it.</summary>
    [Ptx("bar.sync 0", Effect = PtxEffect.Barrier)]
    public static void Sync() => DeviceOnly.Throw();

    /// <summary>Waits at barrier <paramref name="barrier"/> (1 to 15) until <paramref name="threads"/> threads have come.</summary>
    [Ptx("bar.sync {1}, {2}", Effect = PtxEffect.Barrier)]
    public static void Sync(int barrier, int threads) => DeviceOnly.Throw();

    /// <summary>Counts as come to barrier <paramref name="barrier"/> without waiting.</summary>
    [Ptx("bar.arrive {1}, {2}", Effect = PtxEffect.Barrier)]
    public static void Arrive(int barrier, int threads) => DeviceOnly.Throw();
}
