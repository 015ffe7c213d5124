using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Attention;

/// <summary>
/// Attention of one token over a part of the KV cache: <see cref="Keys"/> keys of one query head a block, so that a long
/// context keeps the whole device busy; <see cref="MergeAttentionKernel{T}"/> joins the parts. The size of a part is
/// fixed, so a sum's order depends on the context only. partials: [heads · parts, headDim + 2]: the unnormalised result,
/// the highest score and the sum. Blocks: (parts, query heads). headDim is 8 · <typeparamref name="TLanes"/>.
/// </summary>
[Instance(typeof(float), typeof(N4))]
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N16))]
[Instance(typeof(BFloat16), typeof(N4))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N16))]
public readonly struct DecodeAttentionKernel<T, TLanes>(
    Global<T> query, Global<T> keys, Global<T> values, Global<float> partials, AttentionShape shape, float scale) : IKernel
    where T : unmanaged
    where TLanes : struct, ILength
{
    /// <summary>Keys of a part.</summary>
    public const int Keys = 256;

    private const int Threads = 128;
    private const float Log2E = 1.44269504f;
    private const float Hidden = -1e30f;

    public static int BlockThreads => Threads;

    /// <summary>Groups of TLanes threads, each of which works on a key at a time.</summary>
    private static int Groups => Threads / TLanes.Value;

    private static int HeadDim => 8 * TLanes.Value;

    public void Execute()
    {
        int head = BlockIndex.Y;
        int column = ThreadIndex.X % TLanes.Value * 8;
        int group = ThreadIndex.X / TLanes.Value;
        int start = head / shape.GroupSize * shape.HeadStride + column;
        int end = Math.Min((BlockIndex.X + 1) * Keys, shape.ContextLength);
        Registers<T, N8> queryPart = query.LoadVectorReadOnly<N8>(head * HeadDim + column);
        Registers<float, N8> result = default;
        float highest = Hidden;
        float sum = 0;
        for (int key = BlockIndex.X * Keys; key < end; key += Groups)
        {
            bool isVisible = key + group < end;
            int index = start + (key + group) * shape.KeyStride;
            Registers<T, N8> keyPart = keys.LoadVectorIf<N8>(isVisible, index);
            Registers<T, N8> valuePart = values.LoadVectorIf<N8>(isVisible, index);
            float score = Select.If(isVisible, Dot(queryPart, keyPart), Hidden);
            float before = highest;
            highest = MathF.Max(highest, score);
            float correction = Power(before, highest);
            float power = Power(score, highest);
            sum = MathF.FusedMultiplyAdd(sum, correction, power);
            power = Element.Round<T>(power);
            for (int i = 0; i < 8; i++)
                result[i] = MathF.FusedMultiplyAdd(power, Element.ToFloat(valuePart[i]), result[i] * correction);
        }

        Merge(head, group, column, highest, sum, result);
    }

    private static float Dot(Registers<T, N8> queryPart, Registers<T, N8> keyPart)
    {
        float product = 0;
        for (int i = 0; i < 8; i++)
            product = MathF.FusedMultiplyAdd(Element.ToFloat(queryPart[i]), Element.ToFloat(keyPart[i]), product);
        for (int mask = TLanes.Value / 2; mask > 0; mask /= 2)
        {
            Unroll.Full();
            product += Warp.ShuffleXor(product, mask);
        }

        return product;
    }

    /// <summary>Joins the groups, each with a maximum of its own, in their order.</summary>
    private void Merge(int head, int group, int column, float highest, float sum, Registers<float, N8> result)
    {
        Shared<float> maxima = SharedMemory.Allocate<float>(Groups);
        Shared<float> sums = SharedMemory.Allocate<float>(Groups);
        Shared<float> results = SharedMemory.Allocate<float>(Groups * HeadDim);
        if (column == 0)
        {
            maxima[group] = highest;
            sums[group] = sum;
        }

        results.StoreVector(group * HeadDim + column, result);
        BlockBarrier.Sync();
        if (ThreadIndex.X >= HeadDim)
            return;
        float best = Hidden;
        for (int i = 0; i < Groups; i++)
            best = MathF.Max(best, maxima[i]);
        float total = 0;
        float value = 0;
        for (int i = 0; i < Groups; i++)
        {
            float weight = Power(maxima[i], best);
            total = MathF.FusedMultiplyAdd(sums[i], weight, total);
            value = MathF.FusedMultiplyAdd(results[i * HeadDim + ThreadIndex.X], weight, value);
        }

        int row = (head * GridSize.X + BlockIndex.X) * (HeadDim + 2);
        partials[row + ThreadIndex.X] = value;
        if (ThreadIndex.X == 0)
        {
            partials[row + HeadDim] = best;
            partials[row + HeadDim + 1] = total;
        }
    }

    private float Power(float score, float best) => FastMath.Ex2Approx((score - best) * (scale * Log2E));
}
