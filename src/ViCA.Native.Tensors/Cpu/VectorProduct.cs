using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// y = weight · x + bias for one row x: the speed of reading the weights, which is done in the order in which they lie.
/// bf16 weights are widened by taking the numbers at even and at odd places apart, so x is laid out the same way first.
/// </summary>
internal static unsafe class VectorProduct
{
    public static void Run<TSimd, TVector>(OpContext context, Tensor x, Tensor weight, Tensor? bias, Tensor y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        float* row = (float*)context.Workspace.TakeBytes((long)x.Columns * sizeof(float));
        for (int i = 0; i < x.Columns; i++)
            row[i] = x[0, i];
        switch (weight.DType)
        {
            case DType.BF16:
                SplitPairs(row, x.Columns / (2 * TSimd.Count), TSimd.Count);
                Multiply<TSimd, TVector, BF16Element>(context, row, weight, bias, y);
                break;
            case DType.F32:
                Multiply<TSimd, TVector, F32Element>(context, row, weight, bias, y);
                break;
            default:
                Multiply<TSimd, TVector, F16Element>(context, row, weight, bias, y);
                break;
        }
    }

    /// <summary>Within each block of 2 · count numbers: those at even places first, then those at odd places.</summary>
    private static void SplitPairs(float* row, int blocks, int count)
    {
        float* copy = stackalloc float[2 * count];
        for (int block = 0; block < blocks; block++)
        {
            float* start = row + block * 2 * count;
            new ReadOnlySpan<float>(start, 2 * count).CopyTo(new Span<float>(copy, 2 * count));
            for (int i = 0; i < count; i++)
            {
                start[i] = copy[2 * i];
                start[count + i] = copy[2 * i + 1];
            }
        }
    }

    private static void Multiply<TSimd, TVector, TWeight>(
        OpContext context, float* row, Tensor weight, Tensor? bias, Tensor y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TWeight : struct, IElement
    {
        MultiplyBody<TSimd, TVector, TWeight> body = new(row, weight, bias, y);
        context.Cpu.For(weight.Rows, Math.Clamp(weight.Rows / (8 * context.Cpu.Threads), 4, 256), ref body);
    }

    private readonly struct MultiplyBody<TSimd, TVector, TWeight>(
        float* row, Tensor weight, Tensor? bias, Tensor y) : IParallelBody
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TWeight : struct, IElement
    {
        public void Run(int first, int end, WorkerScratch scratch)
        {
            for (int output = first; output < end; output++)
                Store(output, Dot(output) + (bias is { } b ? b[0, output] : 0f));
        }

        private void Store(int output, float value)
        {
            if (y.DType == DType.F32)
                F32Element.StoreScalar(value, y.Address, output);
            else
                BF16Element.StoreScalar(value, y.Address, output);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float Dot(int output)
        {
            nint address = weight.Address;
            nint index = (nint)output * weight.Columns;
            int block = 2 * TSimd.Count;
            int i = 0;
            TVector a = TSimd.Zero, b = TSimd.Zero, c = TSimd.Zero, d = TSimd.Zero;
            for (; i + 2 * block <= weight.Columns; i += 2 * block)
            {
                LoadPair(address, index + i, out TVector w0, out TVector w1);
                a = TSimd.MultiplyAdd(w0, TSimd.Load(row + i), a);
                b = TSimd.MultiplyAdd(w1, TSimd.Load(row + i + TSimd.Count), b);
                LoadPair(address, index + i + block, out w0, out w1);
                c = TSimd.MultiplyAdd(w0, TSimd.Load(row + i + block), c);
                d = TSimd.MultiplyAdd(w1, TSimd.Load(row + i + block + TSimd.Count), d);
            }

            if (i + block <= weight.Columns)
            {
                LoadPair(address, index + i, out TVector w0, out TVector w1);
                a = TSimd.MultiplyAdd(w0, TSimd.Load(row + i), a);
                b = TSimd.MultiplyAdd(w1, TSimd.Load(row + i + TSimd.Count), b);
                i += block;
            }

            float tail = 0;
            for (; i < weight.Columns; i++)
                tail += TWeight.LoadScalar(address, index + i) * row[i];
            return TSimd.Sum(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d))) + tail;
        }

        /// <summary>A block of weights in the order in which x is laid out.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void LoadPair(nint address, nint index, out TVector first, out TVector second)
        {
            if (typeof(TWeight) == typeof(BF16Element))
            {
                TSimd.LoadBFloat16Pairs((ushort*)address + index, out first, out second);
                return;
            }

            first = TWeight.Load<TSimd, TVector>(address, index);
            second = TWeight.Load<TSimd, TVector>(address, index + TSimd.Count);
        }
    }
}
