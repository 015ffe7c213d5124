using System.Numerics;

namespace RoomRenderer;

/// <summary>SplitMix64: the same seed gives the same numbers on every platform and runtime version.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float Next(float low, float high) => low + (high - low) * ((NextBits() >> 40) * (1f / (1 << 24)));

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    public int NextIndex(int count) => (int)(((UInt128)NextBits() * (ulong)count) >> 64);

    /// <summary>One of <paramref name="items"/>, each as likely as the others.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[NextIndex(items.Count)];

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order (Fisher–Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = NextIndex(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>
    /// A colour near <paramref name="colour"/>: each channel scaled by up to ±<paramref name="spread"/>.
    /// </summary>
    public Vector3 Near(Vector3 colour, float spread) =>
        colour * new Vector3(Around(spread), Around(spread), Around(spread));

    private float Around(float spread) => Next(1 - spread, 1 + spread);
}
