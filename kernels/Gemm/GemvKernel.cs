using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Gemm;

/// <summary>
/// y = weight · x + bias for one row x, summed in float32, rounded once: the speed of reading the weights. x: [k], weight:
/// [n, k], bias: [n] or address 0 for none, y: [n]. One warp an output; blocks: ⌈n / <see cref="Outputs"/>⌉.
/// <typeparamref name="TWidth"/> divides k.
/// </summary>
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(BFloat16), typeof(N1))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(float), typeof(N8))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(float), typeof(N1))]
[Instance(typeof(float), typeof(BFloat16), typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(BFloat16), typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(float), typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(BFloat16), typeof(N1))]
[Instance(typeof(BFloat16), typeof(float), typeof(float), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(float), typeof(N1))]
[Instance(typeof(float), typeof(float), typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(float), typeof(float), typeof(N1))]
public readonly struct GemvKernel<TX, TWeight, TY, TWidth>(
    Global<TX> x, Global<TWeight> weight, Global<float> bias, Global<TY> y, int n, int k) : IKernel
    where TX : unmanaged
    where TWeight : unmanaged
    where TY : unmanaged
    where TWidth : struct, ILength
{
    /// <summary>Outputs of a block.</summary>
    public const int Outputs = 8;

    /// <summary>Loads of weights that a lane has under way.</summary>
    private const int Ahead = 4;

    private static int Stride => Warp.Size * TWidth.Value;

    public static int BlockThreads => Outputs * Warp.Size;

    public void Execute()
    {
        int output = BlockIndex.X * Outputs + ThreadIndex.X / Warp.Size;
        if (output >= n)
            return;

        // A head over a large vocabulary has more than 2³¹ bytes: the start of a row is worked out in 64 bits.
        Global<TWeight> row = weight + (long)output * k;
        float sum = 0;
        int i = ThreadIndex.X % Warp.Size * TWidth.Value;
        for (; i + (Ahead - 1) * Stride < k; i += Ahead * Stride)
        {
            Registers<TWeight, TWidth> first = row.LoadVectorReadOnly<TWidth>(i);
            Registers<TWeight, TWidth> second = row.LoadVectorReadOnly<TWidth>(i + Stride);
            Registers<TWeight, TWidth> third = row.LoadVectorReadOnly<TWidth>(i + 2 * Stride);
            Registers<TWeight, TWidth> fourth = row.LoadVectorReadOnly<TWidth>(i + 3 * Stride);
            sum = Dot(first, i, sum);
            sum = Dot(second, i + Stride, sum);
            sum = Dot(third, i + 2 * Stride, sum);
            sum = Dot(fourth, i + 3 * Stride, sum);
        }

        for (; i < k; i += Stride)
            sum = Dot(row.LoadVectorReadOnly<TWidth>(i), i, sum);
        sum = Warp.Sum(sum);
        bool isFirst = ThreadIndex.X % Warp.Size == 0;
        sum += bias.LoadIf(isFirst & (bias.Address != 0), output, 0f);
        y.StoreIf(isFirst, output, Element.FromFloat<TY>(sum));
    }

    private float Dot(Registers<TWeight, TWidth> weights, int index, float sum)
    {
        Registers<TX, TWidth> values = x.LoadVectorReadOnly<TWidth>(index);
        for (int i = 0; i < TWidth.Value; i++)
            sum = MathF.FusedMultiplyAdd(Element.ToFloat(weights[i]), Element.ToFloat(values[i]), sum);
        return sum;
    }
}
