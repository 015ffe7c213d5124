using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Norm;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// y[t, :] = e^(x[t, :] − max) / Σ e^(x[t, :] − max), in float32, rounded once. x, y: [rows, columns]; y may be x.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types differ.</exception>
    public static void Softmax(OpContext context, Tensor x, Tensor y)
    {
        CheckSame(x, x, y);
        Check.Place(context, [x, y]);
        if (context.Device is { } device)
            DeviceLaunch.For(device, x.DType, DeviceLaunch.RowsAre(8, x, y), new SoftmaxLaunch(x, y));
        else
            Rows.For(context, x.Rows, 4, x.DType, new SoftmaxBody(x, y));
    }

    private readonly unsafe struct SoftmaxBody(Tensor x, Tensor y) : IRowBody
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            // Whole vectors: what lies behind the row is −∞ there and adds nothing.
            int padded = (x.Columns + TSimd.Count - 1) / TSimd.Count * TSimd.Count;
            float* row = scratch.Floats(padded);
            for (int t = first; t < end; t++)
            {
                nint start = (nint)t * x.Columns;
                float highest = float.NegativeInfinity;
                for (int i = 0; i < padded; i++)
                {
                    row[i] = i < x.Columns ? TElement.LoadScalar(x.Address, start + i) : float.NegativeInfinity;
                    highest = MathF.Max(highest, row[i]);
                }

                float inverse = 1f / Powers<TSimd, TVector>(row, padded, highest);
                for (int i = 0; i < x.Columns; i++)
                    TElement.StoreScalar(row[i] * inverse, y.Address, start + i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static float Powers<TSimd, TVector>(float* row, int count, float highest)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            TVector shift = TSimd.Broadcast(highest);
            TVector sum = TSimd.Zero;
            for (int i = 0; i < count; i += TSimd.Count)
            {
                TVector power = VectorMath.Exp<TSimd, TVector>(TSimd.Subtract(TSimd.Load(row + i), shift));
                TSimd.Store(power, row + i);
                sum = TSimd.Add(sum, power);
            }

            return TSimd.Sum(sum);
        }
    }

    private readonly struct SoftmaxLaunch(Tensor x, Tensor y) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                x.Rows,
                SoftmaxKernel<T, TWidth>.BlockThreads,
                new SoftmaxKernel<T, TWidth>(x.Global<T>(), y.Global<T>(), x.Columns));
    }
}
