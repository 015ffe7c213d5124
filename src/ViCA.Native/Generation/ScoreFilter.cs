namespace ViCA.Native.Generation;

/// <summary>
/// Top-k, then top-p, on scores that the temperature has divided. Keeps its buffers; not for concurrent use.
/// </summary>
/// <param name="options">Gives k and p.</param>
/// <param name="numTokens">Length of the scores.</param>
internal sealed class ScoreFilter(SamplingOptions options, int numTokens)
{
    private const int RadixBits = 16;

    private readonly int[] _counts = new int[1 << RadixBits];
    private readonly ulong[] _candidates = new ulong[numTokens]; // order of the score << 32 | id

    /// <summary>weights[i] = exp(scores[i] - max), 0 for what is removed. scores, weights: [numTokens].</summary>
    public void Apply(ReadOnlySpan<float> scores, float max, Span<double> weights)
    {
        bool all = options.TopK == 0 || options.TopK >= scores.Length;
        float lowest = all ? float.NegativeInfinity : KthHighest(scores, options.TopK);
        double total = 0;
        for (int id = 0; id < scores.Length; id++)
        {
            weights[id] = scores[id] >= lowest ? Math.Exp((double)scores[id] - max) : 0;
            total += weights[id];
        }
        if (options.TopP < 1)
            RemoveTail(scores, weights, total);
    }

    /// <summary>
    /// Removes the lowest scores as long as they have at most 1 - p together, but never the highest. Of equal scores
    /// the lower id goes first, as in a stable ascending sort. Sums are compared as float32, as the reference does.
    /// </summary>
    private void RemoveTail(ReadOnlySpan<float> scores, Span<double> weights, double total)
    {
        // What is below half the mean of the part to remove goes for sure; only the rest is sorted.
        double surely = (1 - options.TopP) / (2.0 * scores.Length);
        double sum = 0;
        int count = 0;
        for (int id = 0; id < scores.Length; id++)
        {
            double probability = weights[id] / total;
            if (probability < surely)
            {
                sum += probability;
                weights[id] = 0;
            }
            else if (probability > 0)
            {
                _candidates[count++] = ((ulong)Order(scores[id]) << 32) | (uint)id;
            }
        }
        Span<ulong> ascending = _candidates.AsSpan(0, count);
        ascending.Sort();
        float limit = (float)(1 - options.TopP);
        foreach (ulong candidate in ascending[..^1])
        {
            int id = (int)(uint)candidate;
            sum += weights[id] / total;
            if ((float)sum > limit)
                return;
            weights[id] = 0;
        }
    }

    /// <summary>The k-th highest score, ties counted apart: a radix selection, high half then low half.</summary>
    private float KthHighest(ReadOnlySpan<float> scores, int k)
    {
        const uint LowMask = (1 << RadixBits) - 1;
        _counts.AsSpan().Clear();
        foreach (float score in scores)
            _counts[Order(score) >> RadixBits]++;
        uint high = Descend(ref k);
        _counts.AsSpan().Clear();
        foreach (float score in scores)
        {
            if (Order(score) >> RadixBits == high)
                _counts[Order(score) & LowMask]++;
        }
        return FromOrder((high << RadixBits) | Descend(ref k));
    }

    /// <summary>The bin that holds the k-th item from above; k becomes its place within that bin.</summary>
    private uint Descend(ref int k)
    {
        int bin = _counts.Length - 1;
        while (_counts[bin] < k)
            k -= _counts[bin--];
        return (uint)bin;
    }

    /// <summary>Bits that compare as the floats do.</summary>
    private static uint Order(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (bits >> 31) == 0 ? bits | 0x80000000 : ~bits;
    }

    private static float FromOrder(uint order) =>
        BitConverter.UInt32BitsToSingle((order >> 31) == 1 ? order & 0x7FFFFFFF : ~order);
}
