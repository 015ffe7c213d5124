using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// y = softmax(q · kᵀ · headDim^-0.5) · v for each head, without a mask: SigLIP's eager attention with its rounding
    /// points (reference.md 5): scores, scaled scores, probabilities and result are rounded, the softmax is float32.
    /// q, k, v, y: [tokens, heads · headDim].
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public static void BidirectionalAttention(OpContext context, Tensor q, Tensor k, Tensor v, int numHeads, Tensor y)
    {
        CheckSame(q, k, v);
        CheckSame(q, y, y);
        Check.That(numHeads > 0 && q.Columns % numHeads == 0, $"{numHeads} heads do not divide {q.Columns} columns");

        // A head's keys and values are packed by every item that works on it: as few items as share the work evenly.
        int parts = Math.Max(1, (4 * context.Cpu.Threads + numHeads - 1) / numHeads);
        Rows.For(context, numHeads * parts, 1, q.DType, new BidirectionalAttentionBody(q, k, v, numHeads, parts, y));
    }

    private readonly unsafe struct BidirectionalAttentionBody(
        Tensor q, Tensor k, Tensor v, int numHeads, int parts, Tensor y) : IRowBody
    {
        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            for (int item = first; item < end; item++)
                Head<TSimd, TVector, TElement>(item / parts, item % parts, scratch);
        }

        private void Head<TSimd, TVector, TElement>(int head, int part, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int headDim = q.Columns / numHeads;
            int tokens = q.Rows;
            AttentionTile<TSimd, TVector> tile = new(headDim, tokens, scratch);
            tile.PackKeys<TElement>(k.Address, k.Columns, 0, head * headDim, tokens);
            tile.PackValues<TElement>(v.Address, v.Columns, 0, head * headDim, tokens);
            int queryPanels = (tokens + TSimd.PanelColumns - 1) / TSimd.PanelColumns;
            for (int panel = part; panel < queryPanels; panel += parts)
            {
                int row = panel * TSimd.PanelColumns;
                int rows = Math.Min(TSimd.PanelColumns, tokens - row);
                Panels.Pack<TElement>(
                    q.Address, q.Columns, row, rows, head * headDim, headDim, TSimd.PanelColumns, tile.Queries);
                tile.Scores(tokens);
                Softmax<TSimd, TVector, TElement>(tile.Probabilities, tokens, 1f / MathF.Sqrt(headDim));
                tile.Output(tokens, accumulate: false);
                for (int lane = 0; lane < rows; lane++)
                    tile.StoreLane<TElement>(lane, 1f, y.Address, (nint)(row + lane) * y.Columns + head * headDim);
            }
        }

        private static void Softmax<TSimd, TVector, TElement>(float* scores, int keys, float scale)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            TVector factor = TSimd.Broadcast(scale);
            int stride = TSimd.PanelColumns;
            for (int lane = 0; lane < stride; lane += TSimd.Count)
            {
                TVector max = TSimd.Broadcast(float.MinValue);
                float* last = scores + lane + (nint)keys * stride;
                for (float* s = scores + lane; s < last; s += stride)
                {
                    TVector rounded = TElement.Round<TSimd, TVector>(TSimd.Load(s));
                    TVector scaled = TElement.Round<TSimd, TVector>(TSimd.Multiply(rounded, factor));
                    TSimd.Store(scaled, s);
                    max = TSimd.Max(max, scaled);
                }

                TVector sum = TSimd.Zero;
                for (float* s = scores + lane; s < last; s += stride)
                {
                    TVector power = VectorMath.Exp<TSimd, TVector>(TSimd.Subtract(TSimd.Load(s), max));
                    TSimd.Store(power, s);
                    sum = TSimd.Add(sum, power);
                }

                TVector inverse = TSimd.Divide(TSimd.Broadcast(1f), sum);
                for (float* s = scores + lane; s < last; s += stride)
                    TSimd.Store(TElement.Round<TSimd, TVector>(TSimd.Multiply(TSimd.Load(s), inverse)), s);
            }
        }
    }
}
