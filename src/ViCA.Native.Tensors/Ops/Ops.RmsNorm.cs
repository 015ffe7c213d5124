using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Norm;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// y[t, :] = round(x[t, :] / √(mean(x[t, :]²) + epsilon)) · weight, Qwen2's order of roundings (reference.md 8).
    /// x, y: [tokens, hidden], weight: [1, hidden]; y may be x.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public static void RmsNorm(OpContext context, Tensor x, Tensor weight, float epsilon, Tensor y)
    {
        Check.Shape(weight, 1, x.Columns);
        Check.Shape(y, x.Rows, x.Columns);
        Check.Type(y, x.DType);
        Check.Place(context, [x, weight, y]);
        if (context.Device is { } device)
        {
            RmsNormOnDevice(context, device, x, weight, epsilon, y);
            return;
        }

        WorkspaceMark mark = context.Workspace.Mark();
        Tensor scale = Widened(context, weight);
        Rows.For(context, x.Rows, 8, x.DType, new RmsNormBody(x, scale.Address, epsilon, y));
        context.Workspace.Return(mark);
    }

    /// <summary>A float32 copy of a small parameter row, or the row itself.</summary>
    private static Tensor Widened(OpContext context, Tensor row)
    {
        if (row.DType == DType.F32)
            return row;
        Tensor copy = context.Workspace.Take(DType.F32, 1, row.Columns);
        if (context.Device is not null)
        {
            Convert(context, row, copy);
            return copy;
        }

        Span<float> values = copy.Floats;
        for (int i = 0; i < values.Length; i++)
            values[i] = row[0, i];
        return copy;
    }

    private readonly unsafe struct RmsNormBody(Tensor x, nint weight, float epsilon, Tensor y) : IRowBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            float* scale = (float*)weight;
            for (int row = first; row < end; row++)
            {
                nint start = (nint)row * x.Columns;
                float inverse = 1f / MathF.Sqrt(SumOfSquares<TSimd, TVector, TElement>(start) / x.Columns + epsilon);
                TVector factor = TSimd.Broadcast(inverse);
                int i = 0;
                for (; i + TSimd.Count <= x.Columns; i += TSimd.Count)
                {
                    TVector normal = TSimd.Multiply(TElement.Load<TSimd, TVector>(x.Address, start + i), factor);
                    TVector value = TSimd.Multiply(TElement.Round<TSimd, TVector>(normal), TSimd.Load(scale + i));
                    TElement.Store<TSimd, TVector>(value, y.Address, start + i);
                }

                for (; i < x.Columns; i++)
                {
                    float normal = TElement.LoadScalar(x.Address, start + i) * inverse;
                    if (TElement.DType == DType.BF16)
                        normal = (BFloat16)normal;
                    TElement.StoreScalar(normal * scale[i], y.Address, start + i);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float SumOfSquares<TSimd, TVector, TElement>(nint start)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            TVector sum = TSimd.Zero;
            int i = 0;
            for (; i + TSimd.Count <= x.Columns; i += TSimd.Count)
            {
                TVector value = TElement.Load<TSimd, TVector>(x.Address, start + i);
                sum = TSimd.MultiplyAdd(value, value, sum);
            }

            float tail = 0;
            for (; i < x.Columns; i++)
            {
                float value = TElement.LoadScalar(x.Address, start + i);
                tail += value * value;
            }

            return TSimd.Sum(sum) + tail;
        }
    }

    private static void RmsNormOnDevice(
        OpContext context, GpuDevice device, Tensor x, Tensor weight, float epsilon, Tensor y)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor scale = Widened(context, weight);
        DeviceLaunch.For(
            device, x.DType, DeviceLaunch.RowsAre(8, x, scale, y), new RmsNormLaunch(x, scale, epsilon, y));
        context.Workspace.Return(mark);
    }

    private readonly struct RmsNormLaunch(Tensor x, Tensor weight, float epsilon, Tensor y) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                x.Rows,
                RmsNormKernel<T, TWidth>.BlockThreads,
                new RmsNormKernel<T, TWidth>(x.Global<T>(), weight.Global<float>(), y.Global<T>(), x.Columns, epsilon));
    }
}
