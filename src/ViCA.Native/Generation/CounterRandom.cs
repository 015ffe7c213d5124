namespace ViCA.Native.Generation;

/// <summary>
/// Random numbers that are a function of seed and counter, so a draw depends on no other draw. The mixing function is
/// that of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// </summary>
public static class CounterRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>64 random bits.</summary>
    public static ulong Bits(long seed, long counter) =>
        unchecked(Mix(Mix((ulong)seed + GoldenGamma) + (((ulong)counter + 1) * GoldenGamma)));

    /// <summary>A number of [0, 1), a multiple of 2^-53.</summary>
    public static double Uniform(long seed, long counter) => (Bits(seed, counter) >> 11) * (1.0 / (1L << 53));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
