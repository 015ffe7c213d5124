using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Attention;

/// <summary>
/// y = softmax(q · kᵀ · scale) · v without a mask, rounded where eager attention rounds (reference.md 5): scores, scaled
/// scores, normalised probabilities and result. A probability is rounded only when its sum is known, so the scores are
/// worked out twice: once for maximum and sum, once for the result. Blocks: (⌈rows / 64⌉, heads).
/// </summary>
[Instance(typeof(BFloat16), typeof(N4))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N10))]
[Instance(typeof(BFloat16), typeof(N16))]
public readonly struct EagerAttentionKernel<T, TColumns>(
    Global<T> queries, Global<T> keys, Global<T> values, Global<T> y, AttentionShape shape, float scale) : IKernel
    where T : unmanaged
    where TColumns : struct, ILength
{
    private const float Log2E = 1.44269504f;

    public static int BlockThreads => AttentionTile<TColumns>.Threads;

    public void Execute()
    {
        Shared<float> queryTile = AttentionTile<TColumns>.AllocateRows(AttentionTile<TColumns>.Rows);
        Shared<float> keyTile = AttentionTile<TColumns>.AllocateRows(AttentionTile<TColumns>.Keys);
        Shared<float> valueTile = AttentionTile<TColumns>.AllocateRows(AttentionTile<TColumns>.Keys);
        Shared<float> probabilities = AttentionTile<TColumns>.AllocateProbabilities();
        int first = BlockIndex.X * AttentionTile<TColumns>.Rows;
        int head = BlockIndex.Y;
        AttentionTile<TColumns>.LoadQueries(queries, shape, head, first, queryTile);

        Registers<float, N4> maxima = default;
        Registers<float, N4> sums = default;
        Summarize(head, queryTile, keyTile, ref maxima, ref sums);
        Registers<float, Times<N4, TColumns>> results = default;
        for (int key = 0; key < shape.ContextLength; key += AttentionTile<TColumns>.Keys)
        {
            AttentionTile<TColumns>.LoadKeys(keys, shape, head, key, keyTile);
            AttentionTile<TColumns>.LoadKeys(values, shape, head, key, valueTile);
            BlockBarrier.Sync();
            Registers<float, N16> scores = AttentionTile<TColumns>.Scores(queryTile, keyTile);
            for (int i = 0; i < AttentionTile<TColumns>.RowsOfThread; i++)
            {
                for (int j = 0; j < 4; j++)
                {
                    float power = Power(Scaled(scores[4 * i + j], key, j), maxima[i]);
                    float probability = Element.Round<T>(power / sums[i]);
                    AttentionTile<TColumns>.StoreProbability(probabilities, i, j, probability);
                }
            }

            // A group's rows are written and read by the threads of one warp.
            Warp.Barrier();
            AttentionTile<TColumns>.Accumulate(probabilities, valueTile, ref results);
            BlockBarrier.Sync();
        }

        for (int i = 0; i < AttentionTile<TColumns>.RowsOfThread; i++)
            AttentionTile<TColumns>.StoreRow(y, shape, head, first, i, 1f, ref results);
    }

    /// <summary>The maximum of each row's scores and the sum of e^(score − maximum).</summary>
    private void Summarize(
        int head,
        Shared<float> queryTile,
        Shared<float> keyTile,
        ref Registers<float, N4> maxima,
        ref Registers<float, N4> sums)
    {
        for (int i = 0; i < AttentionTile<TColumns>.RowsOfThread; i++)
            maxima[i] = AttentionTile<TColumns>.Hidden;
        for (int key = 0; key < shape.ContextLength; key += AttentionTile<TColumns>.Keys)
        {
            AttentionTile<TColumns>.LoadKeys(keys, shape, head, key, keyTile);
            BlockBarrier.Sync();
            Registers<float, N16> scores = AttentionTile<TColumns>.Scores(queryTile, keyTile);
            for (int i = 0; i < AttentionTile<TColumns>.RowsOfThread; i++)
            {
                float highest = maxima[i];
                for (int j = 0; j < 4; j++)
                    highest = MathF.Max(highest, Scaled(scores[4 * i + j], key, j));
                highest = AttentionTile<TColumns>.MaxOfGroup(highest);
                float sum = 0;
                for (int j = 0; j < 4; j++)
                    sum += Power(Scaled(scores[4 * i + j], key, j), highest);
                sum = AttentionTile<TColumns>.SumOfGroup(sum);
                sums[i] = MathF.FusedMultiplyAdd(sums[i], Power(maxima[i], highest), sum);
                maxima[i] = highest;
            }

            BlockBarrier.Sync();
        }
    }

    private float Scaled(float score, int key, int j) =>
        Select.If(
            key + AttentionTile<TColumns>.KeyOf(j) < shape.ContextLength,
            Element.Round<T>(Element.Round<T>(score) * scale),
            AttentionTile<TColumns>.Hidden);

    private static float Power(float score, float highest) => FastMath.Ex2Approx((score - highest) * Log2E);
}
