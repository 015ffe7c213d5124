using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>
/// z = x + y, element by element, rounded once; y is rounded to <typeparamref name="T"/> first where it has another type
/// (a parameter of the checkpoint). z may be x or y. <paramref name="vectors"/> accesses of <typeparamref name="TWidth"/>
/// elements.
/// </summary>
[Instance(typeof(float), typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(float), typeof(N1))]
[Instance(typeof(float), typeof(BFloat16), typeof(N8))]
[Instance(typeof(float), typeof(BFloat16), typeof(N1))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(N1))]
[Instance(typeof(BFloat16), typeof(float), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(N1))]
public readonly struct AddKernel<T, TOther, TWidth>(Global<T> x, Global<TOther> y, Global<T> z, int vectors) : IKernel
    where T : unmanaged
    where TOther : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int vector = ElementBlock.Vector;
        if (vector >= vectors)
            return;
        int index = vector * TWidth.Value;
        Registers<T, TWidth> sums = x.LoadVector<TWidth>(index);
        Registers<TOther, TWidth> others = y.LoadVector<TWidth>(index);
        for (int i = 0; i < TWidth.Value; i++)
        {
            float other = Element.Round<T>(Element.ToFloat(others[i]));
            sums[i] = Element.FromFloat<T>(Element.ToFloat(sums[i]) + other);
        }

        z.StoreVector(index, sums);
    }
}
