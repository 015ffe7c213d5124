using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Norm;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// y[t, :] = (x[t, :] - mean) / √(variance + epsilon) · weight + bias with the biased variance, in float32, rounded
    /// once. x, y: [tokens, hidden], weight, bias: [1, hidden]; y may be x.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public static void LayerNorm(OpContext context, Tensor x, Tensor weight, Tensor bias, float epsilon, Tensor y)
    {
        Check.Shape(weight, 1, x.Columns);
        Check.Shape(bias, 1, x.Columns);
        Check.Shape(y, x.Rows, x.Columns);
        Check.Type(y, x.DType);
        Check.Place(context, [x, weight, bias, y]);
        if (context.Device is { } device)
        {
            LayerNormOnDevice(context, device, x, weight, bias, epsilon, y);
            return;
        }

        WorkspaceMark mark = context.Workspace.Mark();
        Tensor scale = Widened(context, weight);
        Tensor shift = Widened(context, bias);
        Rows.For(context, x.Rows, 8, x.DType, new LayerNormBody(x, scale.Address, shift.Address, epsilon, y));
        context.Workspace.Return(mark);
    }

    private readonly unsafe struct LayerNormBody(Tensor x, nint weight, nint bias, float epsilon, Tensor y) : IRowBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            float* scale = (float*)weight;
            float* shift = (float*)bias;
            for (int row = first; row < end; row++)
            {
                nint start = (nint)row * x.Columns;
                float mean = Moment<TSimd, TVector, TElement>(start, 0f, false) / x.Columns;
                float variance = Moment<TSimd, TVector, TElement>(start, mean, true) / x.Columns;
                float inverse = 1f / MathF.Sqrt(variance + epsilon);
                TVector center = TSimd.Broadcast(mean);
                TVector factor = TSimd.Broadcast(inverse);
                int i = 0;
                for (; i + TSimd.Count <= x.Columns; i += TSimd.Count)
                {
                    TVector value = TSimd.Subtract(TElement.Load<TSimd, TVector>(x.Address, start + i), center);
                    value = TSimd.MultiplyAdd(
                        TSimd.Multiply(value, factor), TSimd.Load(scale + i), TSimd.Load(shift + i));
                    TElement.Store<TSimd, TVector>(value, y.Address, start + i);
                }

                for (; i < x.Columns; i++)
                {
                    float value = (TElement.LoadScalar(x.Address, start + i) - mean) * inverse;
                    TElement.StoreScalar(value * scale[i] + shift[i], y.Address, start + i);
                }
            }
        }

        /// <summary>The sum of the row, or the sum of squared distances from <paramref name="center"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float Moment<TSimd, TVector, TElement>(nint start, float center, bool squared)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            TVector sum = TSimd.Zero;
            TVector mean = TSimd.Broadcast(center);
            int i = 0;
            for (; i + TSimd.Count <= x.Columns; i += TSimd.Count)
            {
                TVector value = TSimd.Subtract(TElement.Load<TSimd, TVector>(x.Address, start + i), mean);
                sum = squared ? TSimd.MultiplyAdd(value, value, sum) : TSimd.Add(sum, value);
            }

            float tail = 0;
            for (; i < x.Columns; i++)
            {
                float value = TElement.LoadScalar(x.Address, start + i) - center;
                tail += squared ? value * value : value;
            }

            return TSimd.Sum(sum) + tail;
        }
    }

    private static void LayerNormOnDevice(
        OpContext context, GpuDevice device, Tensor x, Tensor weight, Tensor bias, float epsilon, Tensor y)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor scale = Widened(context, weight);
        Tensor shift = Widened(context, bias);
        DeviceLaunch.For(
            device, x.DType, DeviceLaunch.RowsAre(8, x, scale, shift, y), new LayerNormLaunch(x, scale, shift, epsilon, y));
        context.Workspace.Return(mark);
    }

    private readonly struct LayerNormLaunch(Tensor x, Tensor weight, Tensor bias, float epsilon, Tensor y) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                x.Rows,
                LayerNormKernel<T, TWidth>.BlockThreads,
                new LayerNormKernel<T, TWidth>(
                    x.Global<T>(), weight.Global<float>(), bias.Global<float>(), y.Global<T>(), x.Columns, epsilon));
    }
}
