using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Reduction;

namespace ViCA.Native.Kernels.Norm;

/// <summary>
/// y[t, :] = (x[t, :] − mean) / √(variance + epsilon) · weight + bias with the biased variance, rounded once. x, y:
/// [tokens, hidden], y may be x. One block a token, which reads its row three times, twice from the cache.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct LayerNormKernel<T, TWidth>(
    Global<T> x, Global<float> weight, Global<float> bias, Global<T> y, int hidden, float epsilon) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => RowBlock.Threads;

    public void Execute()
    {
        int row = BlockIndex.X * hidden;
        int first = ThreadIndex.X * TWidth.Value;
        float sum = 0;
        for (int i = first; i < hidden; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            for (int j = 0; j < TWidth.Value; j++)
                sum += Element.ToFloat(values[j]);
        }

        float mean = RowBlock.Sum(sum) / hidden;
        float squares = 0;
        for (int i = first; i < hidden; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            for (int j = 0; j < TWidth.Value; j++)
            {
                float distance = Element.ToFloat(values[j]) - mean;
                squares = MathF.FusedMultiplyAdd(distance, distance, squares);
            }
        }

        float scale = 1f / MathF.Sqrt(RowBlock.Sum(squares) / hidden + epsilon);
        for (int i = first; i < hidden; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            Registers<float, TWidth> factors = weight.LoadVectorReadOnly<TWidth>(i);
            Registers<float, TWidth> shifts = bias.LoadVectorReadOnly<TWidth>(i);
            for (int j = 0; j < TWidth.Value; j++)
            {
                float normal = (Element.ToFloat(values[j]) - mean) * scale;
                values[j] = Element.FromFloat<T>(MathF.FusedMultiplyAdd(normal, factors[j], shifts[j]));
            }

            y.StoreVector(row + i, values);
        }
    }
}
