using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>
/// z = silu(gate) · up with silu(x) = x · sigmoid(x), rounded after silu and after the product; z may be gate or up.
/// <paramref name="vectors"/> accesses of <typeparamref name="TWidth"/> elements.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct SiluMultiplyKernel<T, TWidth>(Global<T> gate, Global<T> up, Global<T> z, int vectors) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int vector = ElementBlock.Vector;
        if (vector >= vectors)
            return;
        int index = vector * TWidth.Value;
        Registers<T, TWidth> gates = gate.LoadVector<TWidth>(index);
        Registers<T, TWidth> ups = up.LoadVector<TWidth>(index);
        for (int i = 0; i < TWidth.Value; i++)
        {
            float value = Element.ToFloat(gates[i]);
            float silu = Element.Round<T>(value * Activations.Sigmoid(value));
            gates[i] = Element.FromFloat<T>(silu * Element.ToFloat(ups[i]));
        }

        z.StoreVector(index, gates);
    }
}
