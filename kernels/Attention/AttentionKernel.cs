using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Attention;

/// <summary>
/// y = softmax(q · kᵀ · scale) · v with a running softmax (FlashAttention-2, arXiv 2307.08691): scores and sums in float32,
/// probabilities rounded before the second product, and the result. Blocks: (⌈rows / 64⌉, KV heads). Heads of up to
/// 8 · <typeparamref name="TColumns"/> columns.
/// </summary>
[Instance(typeof(float), typeof(N4), typeof(NoMask))]
[Instance(typeof(float), typeof(N8), typeof(NoMask))]
[Instance(typeof(float), typeof(N10), typeof(NoMask))]
[Instance(typeof(float), typeof(N16), typeof(NoMask))]
[Instance(typeof(float), typeof(N4), typeof(CausalMask))]
[Instance(typeof(float), typeof(N8), typeof(CausalMask))]
[Instance(typeof(float), typeof(N10), typeof(CausalMask))]
[Instance(typeof(float), typeof(N16), typeof(CausalMask))]
[Instance(typeof(BFloat16), typeof(N4), typeof(CausalMask))]
[Instance(typeof(BFloat16), typeof(N8), typeof(CausalMask))]
[Instance(typeof(BFloat16), typeof(N10), typeof(CausalMask))]
[Instance(typeof(BFloat16), typeof(N16), typeof(CausalMask))]
public readonly struct AttentionKernel<T, TColumns, TMask>(
    Global<T> queries, Global<T> keys, Global<T> values, Global<T> y, AttentionShape shape, float scale) : IKernel
    where T : unmanaged
    where TColumns : struct, ILength
    where TMask : struct, IAttentionMask
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
        int kvHead = BlockIndex.Y;
        AttentionTile<TColumns>.LoadQueries(queries, shape, kvHead, first, queryTile);

        Registers<float, N4> maxima = default;
        for (int i = 0; i < AttentionTile<TColumns>.RowsOfThread; i++)
            maxima[i] = AttentionTile<TColumns>.Hidden;
        Registers<float, N4> sums = default;
        Registers<float, Times<N4, TColumns>> results = default;
        int end = VisibleKeys(first + AttentionTile<TColumns>.Rows - 1);
        for (int key = 0; key < end; key += AttentionTile<TColumns>.Keys)
        {
            AttentionTile<TColumns>.LoadKeys(keys, shape, kvHead, key, keyTile);
            AttentionTile<TColumns>.LoadKeys(values, shape, kvHead, key, valueTile);
            BlockBarrier.Sync();
            Registers<float, N16> scores = AttentionTile<TColumns>.Scores(queryTile, keyTile);
            for (int i = 0; i < AttentionTile<TColumns>.RowsOfThread; i++)
                Advance(i, first, key, probabilities, ref scores, ref maxima, ref sums, ref results);

            // A group's rows are written and read by the threads of one warp.
            Warp.Barrier();
            AttentionTile<TColumns>.Accumulate(probabilities, valueTile, ref results);
            BlockBarrier.Sync();
        }

        for (int i = 0; i < AttentionTile<TColumns>.RowsOfThread; i++)
            AttentionTile<TColumns>.StoreRow(y, shape, kvHead, first, i, 1f / sums[i], ref results);
    }

    /// <summary>Keys that a row sees; beyond the last row, those of the last.</summary>
    private int VisibleKeys(int row) =>
        TMask.VisibleKeys(
            shape.FirstPosition + Math.Min(row, shape.Rows - 1) / shape.GroupSize, shape.ContextLength);

    /// <summary>Row i of this thread: scores become probabilities relative to the running maximum.</summary>
    private void Advance(
        int i,
        int first,
        int key,
        Shared<float> probabilities,
        ref Registers<float, N16> scores,
        ref Registers<float, N4> maxima,
        ref Registers<float, N4> sums,
        ref Registers<float, Times<N4, TColumns>> results)
    {
        int visible = VisibleKeys(first + AttentionTile<TColumns>.RowOf(i)) - key;
        float highest = maxima[i];
        for (int j = 0; j < 4; j++)
        {
            bool isVisible = AttentionTile<TColumns>.KeyOf(j) < visible;
            scores[4 * i + j] = Select.If(isVisible, scores[4 * i + j], AttentionTile<TColumns>.Hidden);
            highest = MathF.Max(highest, scores[4 * i + j]);
        }

        highest = AttentionTile<TColumns>.MaxOfGroup(highest);
        float factor = scale * Log2E;
        float sum = 0;
        for (int j = 0; j < 4; j++)
        {
            float power = FastMath.Ex2Approx((scores[4 * i + j] - highest) * factor);
            sum += power;
            AttentionTile<TColumns>.StoreProbability(probabilities, i, j, Element.Round<T>(power));
        }

        float correction = FastMath.Ex2Approx((maxima[i] - highest) * factor);
        sums[i] = MathF.FusedMultiplyAdd(sums[i], correction, AttentionTile<TColumns>.SumOfGroup(sum));
        maxima[i] = highest;
        for (int c = 0; c < TColumns.Value; c++)
            results[TColumns.Value * i + c] *= correction;
    }
}
