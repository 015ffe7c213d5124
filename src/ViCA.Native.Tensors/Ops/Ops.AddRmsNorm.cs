using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Norm;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// hidden = hidden + x, in place, and y = its <see cref="RmsNorm"/>, with the roundings of both. hidden, x, y: [tokens,
    /// hidden], weight: [1, hidden]; the three are different tensors.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public static void AddRmsNorm(OpContext context, Tensor hidden, Tensor x, Tensor weight, float epsilon, Tensor y)
    {
        CheckSame(hidden, x, y);
        Check.Shape(weight, 1, hidden.Columns);
        Check.Place(context, [hidden, x, weight, y]);
        if (context.Device is not { } device)
        {
            Add(context, hidden, x, hidden);
            RmsNorm(context, hidden, weight, epsilon, y);
            return;
        }

        WorkspaceMark mark = context.Workspace.Mark();
        Tensor scale = Widened(context, weight);
        bool isWide = DeviceLaunch.RowsAre(8, hidden, x, scale, y);
        DeviceLaunch.For(device, x.DType, isWide, new AddRmsNormLaunch(hidden, x, scale, epsilon, y));
        context.Workspace.Return(mark);
    }

    private readonly struct AddRmsNormLaunch(Tensor hidden, Tensor x, Tensor weight, float epsilon, Tensor y) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                x.Rows,
                AddRmsNormKernel<T, TWidth>.BlockThreads,
                new AddRmsNormKernel<T, TWidth>(
                    hidden.Global<T>(), x.Global<T>(), weight.Global<float>(), y.Global<T>(), x.Columns, epsilon));
    }
}
