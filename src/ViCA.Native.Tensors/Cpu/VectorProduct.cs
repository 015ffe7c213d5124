using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// y = weight · x + bias for one row x: the speed of reading the weights. A run of rows is read as four streams that lie
/// apart, each in the order in which it lies: one stream alone, or four that jump from row to row, leave the memory
/// waiting, and four share the loads of x, which may be longer than the first cache. bf16 weights are widened by taking
/// the numbers at even and at odd places apart, so x is laid out the same way first.
/// </summary>
internal static unsafe class VectorProduct
{
    private const int Streams = 4;
    private const int StreamBytes = 256 << 10;
    private const int PrefetchBytes = 512;

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
        int longest = (int)Math.Max(StreamBytes / ((long)weight.Columns * weight.DType.Bytes()), 1);
        int length = Math.Clamp(weight.Rows / (8 * Streams * context.Cpu.Threads), 1, longest);
        MultiplyBody<TSimd, TVector, TWeight> body = new(row, weight, bias, y, length);
        int runRows = Streams * length;
        context.Cpu.For((weight.Rows + runRows - 1) / runRows, 1, ref body);
    }

    private readonly struct MultiplyBody<TSimd, TVector, TWeight>(
        float* row, Tensor weight, Tensor? bias, Tensor y, int length) : IParallelBody
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TWeight : struct, IElement
    {
        public void Run(int first, int end, WorkerScratch scratch)
        {
            float* sums = scratch.Floats(Streams * length * TSimd.Count);
            int whole = weight.Columns / (2 * TSimd.Count) * 2 * TSimd.Count;
            for (int run = first; run < end; run++)
            {
                int start = run * Streams * length;
                int rows = Math.Min(Streams * length, weight.Rows - start);
                int apart = rows / Streams;
                AddUp(start, apart, apart, whole, sums);
                Store(start, Streams * apart, whole, sums);
                for (int output = start + Streams * apart; output < start + rows; output++)
                {
                    AddUp(output, 1, 0, whole, sums);
                    Store(output, 1, whole, sums);
                }
            }
        }

        /// <summary>
        /// A vector of sums for each row of four streams of <paramref name="count"/> rows. Nothing is called here, so
        /// they stay in registers, and memory is not left waiting while a row is finished.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void AddUp(int start, int count, int apart, int whole, float* sums)
        {
            nint bytes = TWeight.DType.Bytes();
            nint rowBytes = weight.Columns * bytes;
            nint stride = (nint)apart * TSimd.Count;
            for (int output = start; output < start + count; output++, sums += TSimd.Count)
            {
                nint w0 = weight.Address + output * rowBytes;
                nint w1 = w0 + apart * rowBytes;
                nint w2 = w1 + apart * rowBytes;
                nint w3 = w2 + apart * rowBytes;
                TVector even0 = TSimd.Zero, even1 = TSimd.Zero, even2 = TSimd.Zero, even3 = TSimd.Zero;
                TVector odd0 = TSimd.Zero, odd1 = TSimd.Zero, odd2 = TSimd.Zero, odd3 = TSimd.Zero;
                for (int i = 0; i < whole; i += 2 * TSimd.Count)
                {
                    if (Sse.IsSupported)
                    {
                        nint ahead = i * bytes + PrefetchBytes;
                        Sse.Prefetch0((void*)(w0 + ahead));
                        Sse.Prefetch0((void*)(w1 + ahead));
                        Sse.Prefetch0((void*)(w2 + ahead));
                        Sse.Prefetch0((void*)(w3 + ahead));
                    }

                    TVector xEven = TSimd.Load(row + i);
                    TVector xOdd = TSimd.Load(row + i + TSimd.Count);
                    LoadPair(w0, i, out TVector even, out TVector odd);
                    even0 = TSimd.MultiplyAdd(even, xEven, even0);
                    odd0 = TSimd.MultiplyAdd(odd, xOdd, odd0);
                    LoadPair(w1, i, out even, out odd);
                    even1 = TSimd.MultiplyAdd(even, xEven, even1);
                    odd1 = TSimd.MultiplyAdd(odd, xOdd, odd1);
                    LoadPair(w2, i, out even, out odd);
                    even2 = TSimd.MultiplyAdd(even, xEven, even2);
                    odd2 = TSimd.MultiplyAdd(odd, xOdd, odd2);
                    LoadPair(w3, i, out even, out odd);
                    even3 = TSimd.MultiplyAdd(even, xEven, even3);
                    odd3 = TSimd.MultiplyAdd(odd, xOdd, odd3);
                }

                TSimd.Store(TSimd.Add(even0, odd0), sums);
                TSimd.Store(TSimd.Add(even1, odd1), sums + stride);
                TSimd.Store(TSimd.Add(even2, odd2), sums + 2 * stride);
                TSimd.Store(TSimd.Add(even3, odd3), sums + 3 * stride);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Store(int start, int count, int whole, float* sums)
        {
            for (int output = start; output < start + count; output++, sums += TSimd.Count)
            {
                float value = TSimd.Sum(TSimd.Load(sums));
                nint index = (nint)output * weight.Columns;
                for (int i = whole; i < weight.Columns; i++)
                    value += TWeight.LoadScalar(weight.Address, index + i) * row[i];
                if (bias is { } b)
                    value += b[0, output];
                if (y.DType == DType.F32)
                    F32Element.StoreScalar(value, y.Address, output);
                else
                    BF16Element.StoreScalar(value, y.Address, output);
            }
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
