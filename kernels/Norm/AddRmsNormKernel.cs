using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Reduction;

namespace ViCA.Native.Kernels.Norm;

/// <summary>
/// hidden[t, :] = round(hidden[t, :] + x[t, :]), in place, and y[t, :] = its root-mean-square norm, as
/// <see cref="RmsNormKernel{T, TWidth}"/>. hidden, x, y: [tokens, width]. One block a token.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct AddRmsNormKernel<T, TWidth>(
    Global<T> hidden, Global<T> x, Global<float> weight, Global<T> y, int width, float epsilon) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => RowBlock.Threads;

    public void Execute()
    {
        int row = BlockIndex.X * width;
        int first = ThreadIndex.X * TWidth.Value;
        float squares = 0;
        for (int i = first; i < width; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = hidden.LoadVector<TWidth>(row + i);
            Registers<T, TWidth> added = x.LoadVectorReadOnly<TWidth>(row + i);
            for (int j = 0; j < TWidth.Value; j++)
                values[j] = Element.FromFloat<T>(Element.ToFloat(values[j]) + Element.ToFloat(added[j]));
            hidden.StoreVector(row + i, values);
            squares = NormMath.AddSquares(values, squares);
        }

        float scale = 1f / MathF.Sqrt(RowBlock.Sum(squares) / width + epsilon);

        // Each thread reads what it wrote itself.
        for (int i = first; i < width; i += RowBlock.Threads * TWidth.Value)
        {
            Registers<T, TWidth> values = hidden.LoadVector<TWidth>(row + i);
            Registers<float, TWidth> factors = weight.LoadVectorReadOnly<TWidth>(i);
            y.StoreVector(row + i, NormMath.Scale(values, scale, factors));
        }
    }
}
