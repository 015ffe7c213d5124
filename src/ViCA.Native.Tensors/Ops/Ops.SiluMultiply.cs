using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// z = silu(gate) · up with silu(x) = x · sigmoid(x): float32 inside, rounded after silu and after the product.
    /// All [tokens, intermediate]; z may be gate or up.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types differ.</exception>
    public static void SiluMultiply(OpContext context, Tensor gate, Tensor up, Tensor z)
    {
        CheckSame(gate, up, z);
        Check.Place(context, [gate, up, z]);
        if (context.Device is { } device)
        {
            DeviceLaunch.For(device, z.DType, DeviceLaunch.ArraysAre(8, gate, up, z), new SiluMultiplyLaunch(gate, up, z));
            return;
        }

        Elementwise.Run<SiluMultiplyOperator>(context, gate, up, z);
    }

    private readonly struct SiluMultiplyOperator : IElementwiseOperator
    {
        public static TVector Invoke<TSimd, TVector, TElement>(TVector a, TVector b)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            TVector silu = TSimd.Multiply(a, VectorMath.Sigmoid<TSimd, TVector>(a));
            return TSimd.Multiply(TElement.Round<TSimd, TVector>(silu), b);
        }
    }

    private readonly struct SiluMultiplyLaunch(Tensor gate, Tensor up, Tensor z) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                DeviceLaunch.Blocks(z.Length, TWidth.Value),
                ElementBlock.Threads,
                new SiluMultiplyKernel<T, TWidth>(
                    gate.Global<T>(), up.Global<T>(), z.Global<T>(), (int)(z.Length / TWidth.Value)));
    }
}
