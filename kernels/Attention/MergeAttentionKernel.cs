using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Attention;

/// <summary>
/// Joins the parts of <see cref="DecodeAttentionKernel{T, TLanes}"/>, in their order, and rounds. y: [heads · headDim].
/// Blocks: query heads; headDim is 128 at most.
/// </summary>
[Instance(typeof(float))]
[Instance(typeof(BFloat16))]
public readonly struct MergeAttentionKernel<T>(
    Global<float> partials, Global<T> y, int parts, int headDim, float scale) : IKernel
    where T : unmanaged
{
    private const float Log2E = 1.44269504f;

    public static int BlockThreads => 128;

    public void Execute()
    {
        if (ThreadIndex.X >= headDim)
            return;
        int head = BlockIndex.X;
        int stride = headDim + 2;
        int first = head * parts * stride;
        float best = partials[first + headDim];
        for (int part = 1; part < parts; part++)
            best = MathF.Max(best, partials[first + part * stride + headDim]);
        float total = 0;
        float value = 0;
        for (int part = 0; part < parts; part++)
        {
            int row = first + part * stride;
            float weight = FastMath.Ex2Approx((partials[row + headDim] - best) * (scale * Log2E));
            total = MathF.FusedMultiplyAdd(partials[row + headDim + 1], weight, total);
            value = MathF.FusedMultiplyAdd(partials[row + ThreadIndex.X], weight, value);
        }

        y[head * headDim + ThreadIndex.X] = Element.FromFloat<T>(value / total);
    }
}
