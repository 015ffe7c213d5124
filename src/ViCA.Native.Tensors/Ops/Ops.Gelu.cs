using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// y = x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))), SigLIP's GELU, in float32, rounded once. y may be x.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types differ.</exception>
    public static void GeluTanh(OpContext context, Tensor x, Tensor y)
    {
        CheckSame(x, x, y);
        Check.Place(context, [x, y]);
        if (context.Device is { } device)
        {
            DeviceLaunch.For(device, x.DType, DeviceLaunch.ArraysAre(8, x, y), new GeluLaunch<GeluTanh>(x, y));
            return;
        }

        Elementwise.Run<GeluTanhOperator>(context, x, x, y);
    }

    /// <summary>y = x/2 · (1 + erf(x/√2)), the projector's GELU, in float32, rounded once. y may be x.</summary>
    /// <exception cref="ArgumentException">Shapes or types differ.</exception>
    public static void GeluErf(OpContext context, Tensor x, Tensor y)
    {
        CheckSame(x, x, y);
        Check.Place(context, [x, y]);
        if (context.Device is { } device)
        {
            DeviceLaunch.For(device, x.DType, DeviceLaunch.ArraysAre(8, x, y), new GeluLaunch<GeluErf>(x, y));
            return;
        }

        Elementwise.Run<GeluErfOperator>(context, x, x, y);
    }

    private readonly struct GeluTanhOperator : IElementwiseOperator
    {
        public static TVector Invoke<TSimd, TVector, TElement>(TVector a, TVector b)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            // (1 + tanh(u)) / 2 = sigmoid(2u), which does not cancel for negative u.
            TVector cube = TSimd.Multiply(TSimd.Multiply(a, a), a);
            TVector u = TSimd.MultiplyAdd(cube, TSimd.Broadcast(0.044715f), a);
            TVector gate = VectorMath.Sigmoid<TSimd, TVector>(TSimd.Multiply(u, TSimd.Broadcast(1.5957691216057308f)));
            return TSimd.Multiply(a, gate);
        }
    }

    private readonly struct GeluErfOperator : IElementwiseOperator
    {
        public static TVector Invoke<TSimd, TVector, TElement>(TVector a, TVector b)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            TVector erf = VectorMath.Erf<TSimd, TVector>(TSimd.Multiply(a, TSimd.Broadcast(0.70710678118654752f)));
            return TSimd.Multiply(
                TSimd.Multiply(a, TSimd.Broadcast(0.5f)), TSimd.Add(TSimd.Broadcast(1f), erf));
        }
    }

    private readonly struct GeluLaunch<TActivation>(Tensor x, Tensor y) : IDeviceLaunch
        where TActivation : struct, IActivation
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                DeviceLaunch.Blocks(x.Length, TWidth.Value),
                ElementBlock.Threads,
                new GeluKernel<T, TWidth, TActivation>(x.Global<T>(), y.Global<T>(), (int)(x.Length / TWidth.Value)));
    }
}
