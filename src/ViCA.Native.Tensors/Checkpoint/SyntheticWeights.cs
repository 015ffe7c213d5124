using System.Text;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// Weights that follow from a tensor's name, its shape and a seed, so that a checkpoint of any size needs no file:
/// <code>
/// key = fnv1a64(utf8(name)) xor seed
/// x_i = splitmix64(key + (i + 1) · 0x9E3779B97F4A7C15)        modulo 2^64, i in row-major order
/// v_i = (2 · (x_i >> 40) / 2^24 - 1) · amplitude              float32; + 1 for the weight of a norm
/// w_i = bfloat16(v_i)
/// </code>
/// </summary>
public static class SyntheticWeights
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const int ParallelBlock = 1 << 18;

    /// <summary>
    /// Elements <paramref name="start"/>, start + 1, … of the tensor, as many as <paramref name="destination"/> holds.
    /// Any thread may make any part.
    /// </summary>
    public static void Fill(
        string name, ReadOnlySpan<long> shape, ulong seed, long start, Span<BFloat16> destination)
    {
        float amplitude = Amplitude(name, shape);
        float offset = IsNorm(name) && name.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0;
        ulong state = (Fnv1a64(name) ^ seed) + (((ulong)start + 1) * Golden);
        for (int i = 0; i < destination.Length; i++)
        {
            // The mantissa's 24 bits are exact in float32, and so is 2u - 1.
            float unit = (int)(SplitMix64(state) >> 40) * (1f / (1 << 24));
            // NOTE: adding 0 changes -0 to +0, which the definition does not do; the branch is loop-invariant.
            float value = ((2 * unit) - 1) * amplitude;
            destination[i] = (BFloat16)(offset == 0 ? value : value + offset);
            state += Golden;
        }
    }

    /// <summary><see cref="Fill"/> on all cores.</summary>
    public static void FillParallel(
        string name,
        long[] shape,
        ulong seed,
        long start,
        Memory<BFloat16> destination,
        CancellationToken token = default)
    {
        int blocks = (destination.Length + ParallelBlock - 1) / ParallelBlock;
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = token }, block =>
        {
            int begin = block * ParallelBlock;
            int count = Math.Min(ParallelBlock, destination.Length - begin);
            Fill(name, shape, seed, start + begin, destination.Span.Slice(begin, count));
        });
    }

    /// <summary>
    /// How large the values are. Uniform in [-a, a] has variance a²/3, so sqrt(3 / fan_in) keeps a unit-variance input
    /// at unit variance; the gains keep attention and logits from being flat.
    /// </summary>
    public static float Amplitude(string name, ReadOnlySpan<long> shape)
    {
        if (IsNorm(name) || name.EndsWith(".bias", StringComparison.Ordinal))
            return 0.1f;
        if (name is "model.embed_tokens.weight" or "model.image_newline")
            return 1;
        if (name.EndsWith("position_embedding.weight", StringComparison.Ordinal))
            return 0.5f;
        double fanIn = 1;
        foreach (long dimension in shape.IsEmpty ? shape : shape[1..])
            fanIn *= dimension;
        return (float)(Gain(name) * Math.Sqrt(3.0 / fanIn));
    }

    /// <summary>FNV-1a, 64 bits, of the name's UTF-8.</summary>
    public static ulong Fnv1a64(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ value) * 0x100000001B3;
        return hash;
    }

    private static double Gain(string name)
    {
        if (name == "lm_head.weight")
            return 4.0;
        bool queryOrKey = name.Contains("q_proj", StringComparison.Ordinal)
            || name.Contains("k_proj", StringComparison.Ordinal);
        return queryOrKey ? 1.5 : 1.0;
    }

    // `model.norm.weight`, `….input_layernorm.weight`, `….layer_norm1.bias`: the last but one segment says norm.
    private static bool IsNorm(string name)
    {
        string[] segments = name.Split('.');
        return segments.Length > 1 && segments[^2].Contains("norm", StringComparison.Ordinal);
    }

    private static ulong SplitMix64(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
