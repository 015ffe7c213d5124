using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>y = x in y's type, rounded to nearest, ties to even. Both [rows, columns]; y is not x.</summary>
    /// <exception cref="ArgumentException">Shapes differ, or the types are equal or float16 on a device.</exception>
    public static void Convert(OpContext context, Tensor x, Tensor y)
    {
        Check.Shape(y, x.Rows, x.Columns);
        Check.That(x.DType != y.DType, $"x and y are {x.DType} both");
        Check.Place(context, [x, y]);
        if (context.Device is { } device)
        {
            Check.That(x.DType != DType.F16 && y.DType != DType.F16, $"{x.DType} to {y.DType} on a device");
            bool isWide = DeviceLaunch.ArraysAre(8, x, y);
            DeviceLaunch.For<ConvertLaunch, N8>(device, y.DType, x.DType, isWide, new ConvertLaunch(x, y));
            return;
        }

        for (int row = 0; row < x.Rows; row++)
            CopyRow(x, row, y, row);
    }

    private readonly struct ConvertLaunch(Tensor x, Tensor y) : IWeightedDeviceLaunch
    {
        public void Run<T, TWeight, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWeight : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                DeviceLaunch.Blocks(x.Length, TWidth.Value),
                ElementBlock.Threads,
                new ConvertKernel<TWeight, T, TWidth>(
                    x.Global<TWeight>(), y.Global<T>(), (int)(x.Length / TWidth.Value)));
    }
}
