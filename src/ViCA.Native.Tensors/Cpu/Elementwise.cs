using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>z[i] = f(x[i], y[i]) over whole tensors; z may be x or y.</summary>
internal static unsafe class Elementwise
{
    private const int BlockElements = 16384;

    public static void Run<TOperator>(OpContext context, Tensor x, Tensor y, Tensor z)
        where TOperator : struct, IElementwiseOperator
    {
        int blocks = checked((int)((z.Length + BlockElements - 1) / BlockElements));
        Rows.For(context, blocks, 1, z.DType, new Body<TOperator>(x.Address, y.Address, z.Address, z.Length));
    }

    private readonly struct Body<TOperator>(nint x, nint y, nint z, long length) : IRowBody
        where TOperator : struct, IElementwiseOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            nint i = (nint)first * BlockElements;
            nint last = (nint)Math.Min(length, (long)end * BlockElements);
            for (; i + TSimd.Count <= last; i += TSimd.Count)
            {
                TVector a = TElement.Load<TSimd, TVector>(x, i);
                TVector b = TElement.Load<TSimd, TVector>(y, i);
                TElement.Store<TSimd, TVector>(TOperator.Invoke<TSimd, TVector, TElement>(a, b), z, i);
            }

            if (i < last)
                Tail<TSimd, TVector, TElement>(i, (int)(last - i));
        }

        private void Tail<TSimd, TVector, TElement>(nint start, int count)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            float* a = stackalloc float[TSimd.Count];
            float* b = stackalloc float[TSimd.Count];
            new Span<float>(a, TSimd.Count).Clear();
            new Span<float>(b, TSimd.Count).Clear();
            for (int i = 0; i < count; i++)
            {
                a[i] = TElement.LoadScalar(x, start + i);
                b[i] = TElement.LoadScalar(y, start + i);
            }

            TSimd.Store(TOperator.Invoke<TSimd, TVector, TElement>(TSimd.Load(a), TSimd.Load(b)), a);
            for (int i = 0; i < count; i++)
                TElement.StoreScalar(a[i], z, start + i);
        }
    }
}
