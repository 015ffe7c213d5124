using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>z = x + y, element by element, rounded once. All [rows, columns]; z may be x or y.</summary>
    /// <exception cref="ArgumentException">Shapes or types differ.</exception>
    public static void Add(OpContext context, Tensor x, Tensor y, Tensor z)
    {
        CheckSame(x, y, z);
        Check.Place(context, [x, y, z]);
        if (context.Device is { } device)
        {
            AddOnDevice(device, x, y, z);
            return;
        }

        Elementwise.Run<AddOperator>(context, x, y, z);
    }

    private static void CheckSame(Tensor x, Tensor y, Tensor z, [System.Runtime.CompilerServices.CallerMemberName] string op = "")
    {
        Check.Shape(y, x.Rows, x.Columns, nameof(y), op);
        Check.Shape(z, x.Rows, x.Columns, nameof(z), op);
        Check.Type(y, x.DType, nameof(y), op);
        Check.Type(z, x.DType, nameof(z), op);
    }

    private readonly struct AddOperator : IElementwiseOperator
    {
        public static TVector Invoke<TSimd, TVector, TElement>(TVector a, TVector b)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement => TSimd.Add(a, b);
    }

    private static void AddOnDevice(GpuDevice device, Tensor x, Tensor y, Tensor z) =>
        DeviceLaunch.For<AddLaunch, N8>(
            device, z.DType, y.DType, DeviceLaunch.ArraysAre(8, x, y, z), new AddLaunch(x, y, z));

    private readonly struct AddLaunch(Tensor x, Tensor y, Tensor z) : IWeightedDeviceLaunch
    {
        public void Run<T, TWeight, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWeight : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                DeviceLaunch.Blocks(z.Length, TWidth.Value),
                ElementBlock.Threads,
                new AddKernel<T, TWeight, TWidth>(
                    x.Global<T>(), y.Global<TWeight>(), z.Global<T>(), (int)(z.Length / TWidth.Value)));
    }
}
