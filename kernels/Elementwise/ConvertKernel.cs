using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>
/// y = x in another type, rounded to nearest, ties to even. <paramref name="vectors"/> accesses of
/// <typeparamref name="TWidth"/> elements.
/// </summary>
[Instance(typeof(float), typeof(BFloat16), typeof(N8))]
[Instance(typeof(float), typeof(BFloat16), typeof(N1))]
[Instance(typeof(BFloat16), typeof(float), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(N1))]
public readonly struct ConvertKernel<TFrom, TTo, TWidth>(Global<TFrom> x, Global<TTo> y, int vectors) : IKernel
    where TFrom : unmanaged
    where TTo : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int vector = ElementBlock.Vector;
        if (vector >= vectors)
            return;
        int index = vector * TWidth.Value;
        Registers<TFrom, TWidth> source = x.LoadVectorReadOnly<TWidth>(index);
        Registers<TTo, TWidth> converted = default;
        for (int i = 0; i < TWidth.Value; i++)
            converted[i] = Element.FromFloat<TTo>(Element.ToFloat(source[i]));
        y.StoreVector(index, converted);
    }
}
