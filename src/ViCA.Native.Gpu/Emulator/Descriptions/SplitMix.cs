namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>The random numbers of the descriptions' formulas: splitmix64 with a counter.</summary>
internal static class SplitMix
{
    /// <summary>Number <paramref name="index"/> of a seed's sequence.</summary>
    public static ulong At(ulong seed, int index)
    {
        ulong z = seed + (ulong)(index + 1L) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
