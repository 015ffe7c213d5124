using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Kernels.Vision;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// Halves a frame's grid of patches bilinearly (no antialias, pixel centres; reference.md 6.2) and appends the newline
    /// after each row (6.3). patches: [side², hidden], newline: [1, hidden], y: [half · (half + 1), hidden] with half =
    /// ⌈side / 2⌉, in row order. Interpolation in float32, rounded once.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public static void PoolFrame(OpContext context, Tensor patches, int side, Tensor newline, Tensor y)
    {
        int half = (side + 1) / 2;
        Check.Shape(patches, side * side, patches.Columns);
        Check.Shape(newline, 1, patches.Columns);
        Check.Shape(y, half * (half + 1), patches.Columns);
        Check.Type(y, patches.DType);
        Check.Place(context, [patches, newline, y]);
        if (context.Device is { } device)
        {
            PoolFrameOnDevice(context, device, patches, side, newline, y);
            return;
        }

        Rows.For(context, half, 1, y.DType, new PoolFrameBody(patches, side, y));
        for (int row = 0; row < half; row++)
            CopyRow(newline, 0, y, row * (half + 1) + half);
    }

    private readonly struct PoolFrameBody(Tensor patches, int side, Tensor y) : IRowBody
    {
        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int half = (side + 1) / 2;
            for (int row = first; row < end; row++)
            {
                (int top, int bottom, float down) = Source(row, half);
                for (int column = 0; column < half; column++)
                {
                    (int left, int right, float across) = Source(column, half);
                    Blend<TSimd, TVector, TElement>(
                        (nint)(top * side + left) * y.Columns,
                        (nint)(top * side + right) * y.Columns,
                        (nint)(bottom * side + left) * y.Columns,
                        (nint)(bottom * side + right) * y.Columns,
                        across,
                        down,
                        (nint)(row * (half + 1) + column) * y.Columns);
                }
            }
        }

        private (int Low, int High, float Weight) Source(int output, int half)
        {
            float scale = (float)side / half;
            float source = Math.Max(0f, scale * (output + 0.5f) - 0.5f);
            int low = Math.Min((int)source, side - 1);
            return (low, Math.Min(low + 1, side - 1), source - low);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Blend<TSimd, TVector, TElement>(
            nint a, nint b, nint c, nint d, float across, float down, nint destination)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            nint source = patches.Address;
            TVector right = TSimd.Broadcast(across), left = TSimd.Broadcast(1f - across);
            TVector bottom = TSimd.Broadcast(down), top = TSimd.Broadcast(1f - down);
            int i = 0;
            for (; i + TSimd.Count <= y.Columns; i += TSimd.Count)
            {
                TVector upper = TSimd.MultiplyAdd(
                    right,
                    TElement.Load<TSimd, TVector>(source, b + i),
                    TSimd.Multiply(left, TElement.Load<TSimd, TVector>(source, a + i)));
                TVector lower = TSimd.MultiplyAdd(
                    right,
                    TElement.Load<TSimd, TVector>(source, d + i),
                    TSimd.Multiply(left, TElement.Load<TSimd, TVector>(source, c + i)));
                TVector value = TSimd.MultiplyAdd(bottom, lower, TSimd.Multiply(top, upper));
                TElement.Store<TSimd, TVector>(value, y.Address, destination + i);
            }

            for (; i < y.Columns; i++)
            {
                float upper = (1f - across) * TElement.LoadScalar(source, a + i)
                    + across * TElement.LoadScalar(source, b + i);
                float lower = (1f - across) * TElement.LoadScalar(source, c + i)
                    + across * TElement.LoadScalar(source, d + i);
                TElement.StoreScalar((1f - down) * upper + down * lower, y.Address, destination + i);
            }
        }
    }

    private static void PoolFrameOnDevice(
        OpContext context, GpuDevice device, Tensor patches, int side, Tensor newline, Tensor y)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor row = Widened(context, newline);
        DeviceLaunch.For(
            device, y.DType, DeviceLaunch.RowsAre(8, patches, row, y), new PoolFrameLaunch(patches, side, row, y));
        context.Workspace.Return(mark);
    }

    private readonly struct PoolFrameLaunch(Tensor patches, int side, Tensor newline, Tensor y) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength
        {
            int half = (side + 1) / 2;
            device.Launch(
                (DeviceLaunch.Blocks(y.Columns, TWidth.Value), half + 1, half),
                ElementBlock.Threads,
                new BilinearPoolKernel<T, TWidth>(
                    patches.Global<T>(), newline.Global<float>(), y.Global<T>(), side, y.Columns));
        }
    }
}
