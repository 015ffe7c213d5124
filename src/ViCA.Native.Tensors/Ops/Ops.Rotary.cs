using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// Rotates every head of x in place: out = x ⊙ cos + rotateHalf(x) ⊙ sin with rotateHalf([a, b]) = [-b, a]; both
    /// products and the sum are rounded (reference.md 8). x: [tokens, heads · headDim]; row t has position
    /// <paramref name="firstPosition"/> + t in <paramref name="table"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit, or the table is too short.</exception>
    public static void Rotary(OpContext context, Tensor x, RotaryTable table, int firstPosition)
    {
        Check.That(x.Columns % table.HeadDim == 0, $"x has {x.Columns} columns (expected a multiple of {table.HeadDim})");
        Check.That(
            firstPosition >= 0 && firstPosition + x.Rows <= table.Positions,
            $"positions {firstPosition} to {firstPosition + x.Rows - 1} (expected below {table.Positions})");
        Check.Place(context, [x, table.Cosine, table.Sine]);
        if (context.Device is { } device)
        {
            RotaryOnDevice(device, x, table, firstPosition);
            return;
        }

        Rows.For(context, x.Rows, 16, x.DType, new RotaryBody(x, table, firstPosition));
    }

    private readonly unsafe struct RotaryBody(Tensor x, RotaryTable table, int firstPosition) : IRowBody
    {
        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int half = table.HeadDim / 2;
            for (int row = first; row < end; row++)
            {
                float* cosine = (float*)table.Cosine.Address + (nint)(firstPosition + row) * half;
                float* sine = (float*)table.Sine.Address + (nint)(firstPosition + row) * half;
                for (int head = 0; head < x.Columns; head += table.HeadDim)
                    Rotate<TSimd, TVector, TElement>((nint)row * x.Columns + head, half, cosine, sine);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Rotate<TSimd, TVector, TElement>(nint start, int half, float* cosine, float* sine)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int i = 0;
            for (; i + TSimd.Count <= half; i += TSimd.Count)
            {
                TVector a = TElement.Load<TSimd, TVector>(x.Address, start + i);
                TVector b = TElement.Load<TSimd, TVector>(x.Address, start + half + i);
                TVector cos = TSimd.Load(cosine + i);
                TVector sin = TSimd.Load(sine + i);
                TVector aCos = TElement.Round<TSimd, TVector>(TSimd.Multiply(a, cos));
                TVector bSin = TElement.Round<TSimd, TVector>(TSimd.Multiply(b, sin));
                TVector bCos = TElement.Round<TSimd, TVector>(TSimd.Multiply(b, cos));
                TVector aSin = TElement.Round<TSimd, TVector>(TSimd.Multiply(a, sin));
                TElement.Store<TSimd, TVector>(TSimd.Subtract(aCos, bSin), x.Address, start + i);
                TElement.Store<TSimd, TVector>(TSimd.Add(bCos, aSin), x.Address, start + half + i);
            }

            for (; i < half; i++)
            {
                float a = TElement.LoadScalar(x.Address, start + i);
                float b = TElement.LoadScalar(x.Address, start + half + i);
                float aCos = Rounded<TElement>(a * cosine[i]);
                float bSin = Rounded<TElement>(b * sine[i]);
                float bCos = Rounded<TElement>(b * cosine[i]);
                float aSin = Rounded<TElement>(a * sine[i]);
                TElement.StoreScalar(aCos - bSin, x.Address, start + i);
                TElement.StoreScalar(bCos + aSin, x.Address, start + half + i);
            }
        }

        private static float Rounded<TElement>(float value)
            where TElement : struct, IElement => TElement.DType == DType.BF16 ? (BFloat16)value : value;
    }

    private static void RotaryOnDevice(GpuDevice device, Tensor x, RotaryTable table, int firstPosition)
    {
        Tensor cosine = table.Cosine.Slice(firstPosition, x.Rows), sine = table.Sine.Slice(firstPosition, x.Rows);
        DeviceLaunch.For(
            device, x.DType, DeviceLaunch.RowsAre(8, x, cosine, sine), new RotaryLaunch(x, cosine, sine));
    }

    private readonly struct RotaryLaunch(Tensor x, Tensor cosine, Tensor sine) : IDeviceLaunch
    {
        public void Run<T, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                (DeviceLaunch.Blocks(x.Columns / 2, TWidth.Value), x.Rows),
                ElementBlock.Threads,
                new RotaryKernel<T, TWidth>(
                    x.Global<T>(),
                    cosine.Global<float>(),
                    sine.Global<float>(),
                    x.Columns / (2 * cosine.Columns),
                    cosine.Columns));
    }
}
