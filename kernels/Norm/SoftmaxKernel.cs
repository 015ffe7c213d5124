using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Kernels.Reduction;

namespace ViCA.Native.Kernels.Norm;

/// <summary>
/// y[t, :] = e^(x[t, :] − max) / Σ e^(x[t, :] − max), in float32, rounded once. x, y: [rows, columns], y may be x. One
/// block a row; <typeparamref name="TWidth"/> divides columns.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct SoftmaxKernel<T, TWidth>(Global<T> x, Global<T> y, int columns) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => RowBlock.Threads;

    public void Execute()
    {
        int row = BlockIndex.X * columns;
        int first = ThreadIndex.X * TWidth.Value;
        float highest = float.MinValue;
        for (int i = first; i < columns; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            for (int j = 0; j < TWidth.Value; j++)
                highest = MathF.Max(highest, Element.ToFloat(values[j]));
        }

        highest = RowBlock.Max(highest);
        float sum = 0;
        for (int i = first; i < columns; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            for (int j = 0; j < TWidth.Value; j++)
                sum += Activations.FastExp(Element.ToFloat(values[j]) - highest);
        }

        float inverse = 1f / RowBlock.Sum(sum);
        for (int i = first; i < columns; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = x.LoadVector<TWidth>(row + i);
            for (int j = 0; j < TWidth.Value; j++)
            {
                float power = Activations.FastExp(Element.ToFloat(values[j]) - highest);
                values[j] = Element.FromFloat<T>(power * inverse);
            }

            y.StoreVector(row + i, values);
        }
    }
}
