using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// y = weight · x + bias for one row x: the speed of reading the weights. Four weight rows at a time; bf16 weights are
/// widened by taking the numbers at even and at odd places apart, so x is laid out the same way first.
/// </summary>
internal static unsafe class VectorProduct
{
    private const int PrefetchBytes = 1024;

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
        context.Cpu.For((weight.Rows + 3) / 4, Math.Clamp(weight.Rows / (32 * context.Cpu.Threads), 1, 64), ref body);
    }

    private readonly struct MultiplyBody<TSimd, TVector, TWeight>(
        float* row, Tensor weight, Tensor? bias, Tensor y) : IParallelBody
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TWeight : struct, IElement
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int first, int end, WorkerScratch scratch)
        {
            float* sums = stackalloc float[4];
            for (int quad = first; quad < end; quad++)
            {
                int output = quad * 4;
                int count = Math.Min(4, weight.Rows - output);
                if (count < 4)
                {
                    for (int i = 0; i < count; i++)
                        sums[i] = DotOne(output + i);
                }
                else if (typeof(TWeight) == typeof(BF16Element))
                {
                    DotFourPairs((ushort*)weight.Address + (nint)output * weight.Columns, sums);
                }
                else
                {
                    for (int i = 0; i < 4; i++)
                        sums[i] = DotOne(output + i);
                }

                for (int i = 0; i < count; i++)
                    Store(output + i, sums[i] + (bias is { } b ? b[0, output + i] : 0f));
            }
        }

        private void Store(int output, float value)
        {
            if (y.DType == DType.F32)
                F32Element.StoreScalar(value, y.Address, output);
            else
                BF16Element.StoreScalar(value, y.Address, output);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void DotFourPairs(ushort* w0, float* sums)
        {
            int columns = weight.Columns;
            ushort* w1 = w0 + columns;
            ushort* w2 = w1 + columns;
            ushort* w3 = w2 + columns;
            TVector even0 = TSimd.Zero, even1 = TSimd.Zero, even2 = TSimd.Zero, even3 = TSimd.Zero;
            TVector odd0 = TSimd.Zero, odd1 = TSimd.Zero, odd2 = TSimd.Zero, odd3 = TSimd.Zero;
            int block = 2 * TSimd.Count;
            int i = 0;
            for (; i + block <= columns; i += block)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0((byte*)(w0 + i) + PrefetchBytes);
                    Sse.Prefetch0((byte*)(w1 + i) + PrefetchBytes);
                    Sse.Prefetch0((byte*)(w2 + i) + PrefetchBytes);
                    Sse.Prefetch0((byte*)(w3 + i) + PrefetchBytes);
                }

                TVector xEven = TSimd.Load(row + i);
                TVector xOdd = TSimd.Load(row + i + TSimd.Count);
                TSimd.LoadBFloat16Pairs(w0 + i, out TVector even, out TVector odd);
                even0 = TSimd.MultiplyAdd(even, xEven, even0);
                odd0 = TSimd.MultiplyAdd(odd, xOdd, odd0);
                TSimd.LoadBFloat16Pairs(w1 + i, out even, out odd);
                even1 = TSimd.MultiplyAdd(even, xEven, even1);
                odd1 = TSimd.MultiplyAdd(odd, xOdd, odd1);
                TSimd.LoadBFloat16Pairs(w2 + i, out even, out odd);
                even2 = TSimd.MultiplyAdd(even, xEven, even2);
                odd2 = TSimd.MultiplyAdd(odd, xOdd, odd2);
                TSimd.LoadBFloat16Pairs(w3 + i, out even, out odd);
                even3 = TSimd.MultiplyAdd(even, xEven, even3);
                odd3 = TSimd.MultiplyAdd(odd, xOdd, odd3);
            }

            sums[0] = TSimd.Sum(TSimd.Add(even0, odd0)) + Tail(w0, i);
            sums[1] = TSimd.Sum(TSimd.Add(even1, odd1)) + Tail(w1, i);
            sums[2] = TSimd.Sum(TSimd.Add(even2, odd2)) + Tail(w2, i);
            sums[3] = TSimd.Sum(TSimd.Add(even3, odd3)) + Tail(w3, i);
        }

        private float Tail(ushort* weights, int start)
        {
            float sum = 0;
            for (int i = start; i < weight.Columns; i++)
                sum += new BFloat16(weights[i]) * row[i];
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float DotOne(int output)
        {
            nint address = weight.Address;
            nint index = (nint)output * weight.Columns;
            int i = 0;
            TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero;
            for (; i + 2 * TSimd.Count <= weight.Columns; i += 2 * TSimd.Count)
            {
                TVector w0, w1;
                if (typeof(TWeight) == typeof(BF16Element))
                {
                    TSimd.LoadBFloat16Pairs((ushort*)address + index + i, out w0, out w1);
                }
                else
                {
                    w0 = TWeight.Load<TSimd, TVector>(address, index + i);
                    w1 = TWeight.Load<TSimd, TVector>(address, index + i + TSimd.Count);
                }

                sum0 = TSimd.MultiplyAdd(w0, TSimd.Load(row + i), sum0);
                sum1 = TSimd.MultiplyAdd(w1, TSimd.Load(row + i + TSimd.Count), sum1);
            }

            float tail = 0;
            for (; i < weight.Columns; i++)
                tail += TWeight.LoadScalar(address, index + i) * row[i];
            return TSimd.Sum(TSimd.Add(sum0, sum1)) + tail;
        }
    }
}
