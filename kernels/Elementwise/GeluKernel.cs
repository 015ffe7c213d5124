using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>
/// y = gelu(x), element by element, rounded once; y may be x. <paramref name="vectors"/> accesses of
/// <typeparamref name="TWidth"/> elements.
/// </summary>
[Instance(typeof(float), typeof(N8), typeof(GeluTanh))]
[Instance(typeof(float), typeof(N1), typeof(GeluTanh))]
[Instance(typeof(BFloat16), typeof(N8), typeof(GeluTanh))]
[Instance(typeof(BFloat16), typeof(N1), typeof(GeluTanh))]
[Instance(typeof(float), typeof(N8), typeof(GeluErf))]
[Instance(typeof(float), typeof(N1), typeof(GeluErf))]
[Instance(typeof(BFloat16), typeof(N8), typeof(GeluErf))]
[Instance(typeof(BFloat16), typeof(N1), typeof(GeluErf))]
public readonly struct GeluKernel<T, TWidth, TActivation>(Global<T> x, Global<T> y, int vectors) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
    where TActivation : struct, IActivation
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int vector = ElementBlock.Vector;
        if (vector >= vectors)
            return;
        int index = vector * TWidth.Value;
        Registers<T, TWidth> values = x.LoadVector<TWidth>(index);
        for (int i = 0; i < TWidth.Value; i++)
            values[i] = Element.FromFloat<T>(TActivation.Apply(Element.ToFloat(values[i])));
        y.StoreVector(index, values);
    }
}
