using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Reduction;

namespace ViCA.Native.Kernels.Norm;

/// <summary>
/// y[t, :] = round(x[t, :] / √(mean(x[t, :]²) + epsilon)) · weight, rounded: Qwen2's order. x, y: [tokens, hidden], y may
/// be x. One block a token; <typeparamref name="TWidth"/> elements an access, which divides hidden.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct RmsNormKernel<T, TWidth>(
    Global<T> x, Global<float> weight, Global<T> y, int hidden, float epsilon) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => RowBlock.Threads;

    public void Execute()
    {
        int row = BlockIndex.X * hidden;
        int first = ThreadIndex.X * TWidth.Value;
        float squares = 0;
        for (int i = first; i < hidden; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            squares = NormMath.AddSquares(values, squares);
        }

        float scale = 1f / MathF.Sqrt(RowBlock.Sum(squares) / hidden + epsilon);
        for (int i = first; i < hidden; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            Registers<float, TWidth> factors = weight.LoadVectorReadOnly<TWidth>(i);
            y.StoreVector(row + i, NormMath.Scale(values, scale, factors));
        }
    }
}
