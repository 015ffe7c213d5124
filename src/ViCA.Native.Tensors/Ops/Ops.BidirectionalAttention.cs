using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Attention;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>Query rows of a block of the attention kernels.</summary>
    private const int QueryTile = 64;

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
        Check.Place(context, [q, k, v, y]);
        if (context.Device is { } device)
        {
            BidirectionalAttentionOnDevice(device, q, k, v, numHeads, y);
            return;
        }

        // A head's keys and values are packed by every item that works on it: as few items as share the work evenly.
        int parts = Math.Max(1, (4 * context.Cpu.Threads + numHeads - 1) / numHeads);
        Rows.For(context, numHeads * parts, 1, q.DType, new BidirectionalAttentionBody(q, k, v, numHeads, parts, y));
    }

    private readonly unsafe struct BidirectionalAttentionBody(
        Tensor q, Tensor k, Tensor v, int numHeads, int parts, Tensor y) : IRowBody
    {
        /// <summary>Keys whose scores are worked on while they are in the cache; a multiple of every panel height.</summary>
        private const int KeyBlock = 192;

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
                Scores<TSimd, TVector, TElement>(tile, tokens, 1f / MathF.Sqrt(headDim));
                Powers<TSimd, TVector>(tile, tokens);
                Output<TSimd, TVector, TElement>(tile, tokens);
                for (int lane = 0; lane < rows; lane++)
                    tile.StoreLane<TElement>(lane, 1f, y.Address, (nint)(row + lane) * y.Columns + head * headDim);
            }
        }

        /// <summary>Rounded, scaled, rounded scores, block by block while they are in the cache, and each lane's maximum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Scores<TSimd, TVector, TElement>(AttentionTile<TSimd, TVector> tile, int keys, float scale)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            TVector factor = TSimd.Broadcast(scale);
            float* maximum = tile.State;
            new Span<float>(maximum, TSimd.PanelColumns).Fill(float.MinValue);
            for (int key = 0; key < keys; key += KeyBlock)
            {
                int count = Math.Min(KeyBlock, keys - key);
                tile.Scores(key, count);
                for (int lane = 0; lane < TSimd.PanelColumns; lane += TSimd.Count)
                {
                    TVector max = TSimd.Load(maximum + lane);
                    float* s = tile.Probabilities + (nint)key * TSimd.PanelColumns + lane;
                    for (float* last = s + (nint)count * TSimd.PanelColumns; s < last; s += TSimd.PanelColumns)
                    {
                        TVector rounded = TElement.Round<TSimd, TVector>(TSimd.Load(s));
                        TVector scaled = TElement.Round<TSimd, TVector>(TSimd.Multiply(rounded, factor));
                        TSimd.Store(scaled, s);
                        max = TSimd.Max(max, scaled);
                    }

                    TSimd.Store(max, maximum + lane);
                }
            }
        }

        /// <summary>e^(score - maximum), and the inverse of each lane's sum in place of its maximum.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Powers<TSimd, TVector>(AttentionTile<TSimd, TVector> tile, int keys)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            for (int lane = 0; lane < TSimd.PanelColumns; lane += TSimd.Count)
            {
                TVector max = TSimd.Load(tile.State + lane);
                TVector sum = TSimd.Zero;
                float* s = tile.Probabilities + lane;
                for (float* last = s + (nint)keys * TSimd.PanelColumns; s < last; s += TSimd.PanelColumns)
                {
                    TVector power = VectorMath.Exp<TSimd, TVector>(TSimd.Subtract(TSimd.Load(s), max));
                    TSimd.Store(power, s);
                    sum = TSimd.Add(sum, power);
                }

                TSimd.Store(TSimd.Divide(TSimd.Broadcast(1f), sum), tile.State + lane);
            }
        }

        /// <summary>Rounded probabilities times values, block by block.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Output<TSimd, TVector, TElement>(AttentionTile<TSimd, TVector> tile, int keys)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            for (int key = 0; key < keys; key += KeyBlock)
            {
                int count = Math.Min(KeyBlock, keys - key);
                for (int lane = 0; lane < TSimd.PanelColumns; lane += TSimd.Count)
                {
                    TVector inverse = TSimd.Load(tile.State + lane);
                    float* s = tile.Probabilities + (nint)key * TSimd.PanelColumns + lane;
                    for (float* last = s + (nint)count * TSimd.PanelColumns; s < last; s += TSimd.PanelColumns)
                        TSimd.Store(TElement.Round<TSimd, TVector>(TSimd.Multiply(TSimd.Load(s), inverse)), s);
                }

                tile.Output(key, count, keys, accumulate: key > 0);
            }
        }
    }

    private static void BidirectionalAttentionOnDevice(
        GpuDevice device, Tensor q, Tensor k, Tensor v, int numHeads, Tensor y)
    {
        int headDim = q.Columns / numHeads;
        AttentionShape shape = new(q.Rows, 1, q.Columns, headDim, headDim, k.Columns, 0, k.Rows);
        CheckAttention(headDim, q, k, v, y);
        if (q.DType == DType.F32)
            AttentionLaunch<float, NoMask>(device, q, k, v, numHeads, shape, y);
        else
            EagerAttentionLaunch(device, q, k, v, numHeads, shape, y);
    }

    /// <summary>Kernels read 8 elements of a head at a time.</summary>
    private static void CheckAttention(int headDim, Tensor q, Tensor k, Tensor v, Tensor y) => Check.That(
        headDim % 8 == 0 && headDim <= 128 && DeviceLaunch.RowsAre(8, q, k, v, y),
        $"headDim is {headDim} (expected a multiple of 8, 128 at most, and tensors at multiples of 16 bytes)");

    private static void AttentionLaunch<T, TMask>(
        GpuDevice device, Tensor q, Tensor k, Tensor v, int numKvHeads, AttentionShape shape, Tensor y)
        where T : unmanaged
        where TMask : struct, IAttentionMask
    {
        switch (shape.HeadDim)
        {
            case <= 32:
                Launch<N4>();
                break;
            case <= 64:
                Launch<N8>();
                break;
            case <= 80:
                Launch<N10>();
                break;
            default:
                Launch<N16>();
                break;
        }

        void Launch<TColumns>()
            where TColumns : struct, ILength => device.Launch(
            ((shape.Rows + QueryTile - 1) / QueryTile, numKvHeads),
            AttentionKernel<T, TColumns, TMask>.BlockThreads,
            new AttentionKernel<T, TColumns, TMask>(
                q.Global<T>(), k.Global<T>(), v.Global<T>(), y.Global<T>(), shape, 1f / MathF.Sqrt(shape.HeadDim)));
    }

    private static void EagerAttentionLaunch(
        GpuDevice device, Tensor q, Tensor k, Tensor v, int numHeads, AttentionShape shape, Tensor y)
    {
        switch (shape.HeadDim)
        {
            case <= 32:
                Launch<N4>();
                break;
            case <= 64:
                Launch<N8>();
                break;
            case <= 80:
                Launch<N10>();
                break;
            default:
                Launch<N16>();
                break;
        }

        void Launch<TColumns>()
            where TColumns : struct, ILength => device.Launch(
            ((shape.Rows + QueryTile - 1) / QueryTile, numHeads),
            EagerAttentionKernel<BFloat16, TColumns>.BlockThreads,
            new EagerAttentionKernel<BFloat16, TColumns>(
                q.Global<BFloat16>(),
                k.Global<BFloat16>(),
                v.Global<BFloat16>(),
                y.Global<BFloat16>(),
                shape,
                1f / MathF.Sqrt(shape.HeadDim)));
    }
}
