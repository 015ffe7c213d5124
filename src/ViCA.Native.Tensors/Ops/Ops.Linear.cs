using System.Runtime.Intrinsics;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Gemm;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

/// <summary>The catalogue of operations, one file each: contract, checks and paths.</summary>
public static partial class Ops
{
    /// <summary>
    /// y[t, o] = Σ x[t, i] · weight[o, i] + bias[o], summed in float32, rounded once. x: [tokens, in], weight: [out, in] as
    /// it lies in the checkpoint, bias: [1, out] or null, y: [tokens, out]. One token takes a path of its own (a weight
    /// is read once, straight from the map).
    /// </summary>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static void Linear(OpContext context, Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        Check.Shape(weight, y.Columns, x.Columns);
        Check.Shape(y, x.Rows, weight.Rows);
        if (bias is { } b)
            Check.Shape(b, 1, weight.Rows);
        Check.Place(context, [x, weight, bias ?? x, y]);
        if (context.Device is { } device)
        {
            LinearOnDevice(context, device, x, weight, bias, y);
            return;
        }

        WorkspaceMark mark = context.Workspace.Mark();
        if (Vector512.IsHardwareAccelerated)
            Linear<Simd512, Vector512<float>>(context, x, weight, bias, y);
        else
            Linear<Simd256, Vector256<float>>(context, x, weight, bias, y);
        context.Workspace.Return(mark);
    }

    private static void Linear<TSimd, TVector>(OpContext context, Tensor x, Tensor weight, Tensor? bias, Tensor y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (x.Rows == 1)
            VectorProduct.Run<TSimd, TVector>(context, x, weight, bias, y);
        else
            MatrixProduct.Run<TSimd, TVector>(context, x, weight, bias, y);
    }

    private static void LinearOnDevice(
        OpContext context, GpuDevice device, Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        Check.That(
            x.DType == y.DType || (x.DType == DType.BF16 && y.DType == DType.F32),
            $"x is {x.DType} and y {y.DType} (expected the same, or BF16 and F32)");
        Check.That(weight.DType != DType.F16, $"weight is {weight.DType} on a device (expected BF16 or F32)");
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor shift = bias is { } row ? Widened(context, row) : new Tensor(0, DType.F32, 1, y.Columns, device);
        if (x.Rows == 1)
        {
            DeviceLaunch.For<GemvLaunch, N8>(
                device, y.DType, weight.DType, DeviceLaunch.RowsAre(8, x, weight), new GemvLaunch(x, weight, shift, y));
        }
        else
        {
            bool isWide = DeviceLaunch.RowsAre(4, x, weight, shift, y);
            DeviceLaunch.For<GemmLaunch, N4>(
                device, y.DType, weight.DType, isWide, new GemmLaunch(x, weight, shift, y));
        }

        context.Workspace.Return(mark);
    }

    private readonly struct GemvLaunch(Tensor x, Tensor weight, Tensor bias, Tensor y) : IWeightedDeviceLaunch
    {
        public void Run<T, TWeight, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWeight : unmanaged
            where TWidth : struct, ILength
        {
            if (x.DType == y.DType)
                Run<T, TWeight, T, TWidth>(device);
            else
                Run<BFloat16, TWeight, T, TWidth>(device);
        }

        private void Run<TX, TWeight, TY, TWidth>(GpuDevice device)
            where TX : unmanaged
            where TWeight : unmanaged
            where TY : unmanaged
            where TWidth : struct, ILength
        {
            const int Outputs = GemvKernel<TX, TWeight, TY, TWidth>.Outputs;
            device.Launch(
                (weight.Rows + Outputs - 1) / Outputs,
                GemvKernel<TX, TWeight, TY, TWidth>.BlockThreads,
                new GemvKernel<TX, TWeight, TY, TWidth>(
                    x.Global<TX>(),
                    weight.Global<TWeight>(),
                    bias.Global<float>(),
                    y.Global<TY>(),
                    weight.Rows,
                    weight.Columns));
        }
    }

    private readonly struct GemmLaunch(Tensor x, Tensor weight, Tensor bias, Tensor y) : IWeightedDeviceLaunch
    {
        /// <summary>Large tiles that keep a device busy; below, small tiles waste less.</summary>
        private const int EnoughTiles = 64;

        public void Run<T, TWeight, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWeight : unmanaged
            where TWidth : struct, ILength
        {
            bool isLarge = TWidth.Value > 1 && Tiles(y.Rows, 128) * Tiles(y.Columns, 128) >= EnoughTiles;
            if (x.DType == y.DType && isLarge)
                Run<T, TWeight, T, TWidth, N8, N16>(device);
            else if (x.DType == y.DType)
                Run<T, TWeight, T, TWidth, N4, N8>(device);
            else if (isLarge)
                Run<BFloat16, TWeight, T, TWidth, N8, N16>(device);
            else
                Run<BFloat16, TWeight, T, TWidth, N4, N8>(device);
        }

        private static int Tiles(int length, int tile) => (length + tile - 1) / tile;

        private void Run<TX, TWeight, TY, TWidth, TThread, TSide>(GpuDevice device)
            where TX : unmanaged
            where TWeight : unmanaged
            where TY : unmanaged
            where TWidth : struct, ILength
            where TThread : struct, ILength
            where TSide : struct, ILength
        {
            int tile = TThread.Value * TSide.Value;
            device.Launch(
                (Tiles(y.Columns, tile), Tiles(y.Rows, tile)),
                GemmKernel<TX, TWeight, TY, TWidth, TThread, TSide>.BlockThreads,
                new GemmKernel<TX, TWeight, TY, TWidth, TThread, TSide>(
                    x.Global<TX>(),
                    weight.Global<TWeight>(),
                    bias.Global<float>(),
                    y.Global<TY>(),
                    y.Rows,
                    y.Columns,
                    x.Columns));
        }
    }
}
