using System.Runtime.CompilerServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Attention;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// Causal grouped-query attention over a KV cache, in blocks of keys with a running softmax (FlashAttention-2,
    /// arXiv 2307.08691; rounding as reference.md 8: probabilities before the second product, and the result). Query
    /// head h uses KV head h / (numHeads / numKvHeads). q, y: [tokens, numHeads · headDim], the last tokens of the
    /// context; keys, values: [numKvHeads · capacity, headDim], KV head h at rows h · capacity …; the first
    /// <paramref name="contextLength"/> rows of each head are read. Token t sees keys up to its own position.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public static void CausalAttention(
        OpContext context, Tensor q, Tensor keys, Tensor values, int numKvHeads, int contextLength, Tensor y)
    {
        CheckSame(q, y, y);
        CheckSame(keys, values, values);
        Check.Type(keys, q.DType);
        Check.That(
            numKvHeads > 0 && keys.Rows % numKvHeads == 0 && q.Columns % (numKvHeads * keys.Columns) == 0,
            $"q {q} and keys {keys} do not fit {numKvHeads} KV heads");
        Check.That(
            contextLength >= q.Rows && contextLength <= keys.Rows / numKvHeads,
            $"context of {contextLength} (expected {q.Rows} to {keys.Rows / numKvHeads})");
        Check.Place(context, [q, keys, values, y]);
        if (context.Device is { } device)
        {
            CausalAttentionOnDevice(context, device, q, keys, values, numKvHeads, contextLength, y);
            return;
        }

        int blocks = (q.Rows + CausalAttentionBody.TokenBlock - 1) / CausalAttentionBody.TokenBlock;
        CausalAttentionBody body = new(q, keys, values, numKvHeads, contextLength, y);
        Rows.For(context, blocks * numKvHeads, 1, q.DType, body);
    }

    private readonly unsafe struct CausalAttentionBody(
        Tensor q, Tensor keys, Tensor values, int numKvHeads, int contextLength, Tensor y) : IRowBody
    {
        /// <summary>Tokens of one work item: its keys are packed once for them.</summary>
        public const int TokenBlock = 64;

        /// <summary>Keys of one step, a multiple of every panel height; their panels stay in the cache of a core.</summary>
        private const int KeyBlock = 192;

        private const float Hidden = -1e30f;

        private int GroupSize => q.Columns / (numKvHeads * keys.Columns);

        private int FirstPosition => contextLength - q.Rows;

        public void Run<TSimd, TVector, TElement>(int first, int end, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int blocks = (q.Rows + TokenBlock - 1) / TokenBlock;
            for (int item = first; item < end; item++)
            {
                // The last tokens see most keys: their items come first, so that the threads end together.
                int token = (blocks - 1 - item / numKvHeads) * TokenBlock;
                Attend<TSimd, TVector, TElement>(
                    item % numKvHeads, token, Math.Min(TokenBlock, q.Rows - token), scratch);
            }
        }

        private void Attend<TSimd, TVector, TElement>(int kvHead, int token, int tokens, WorkerScratch scratch)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int headDim = keys.Columns;
            int lanes = tokens * GroupSize;
            int panels = (lanes + TSimd.PanelColumns - 1) / TSimd.PanelColumns;
            int row = kvHead * (keys.Rows / numKvHeads);
            AttentionTile<TSimd, TVector> tile = new(headDim, KeyBlock, scratch, panels);
            PackQueries<TSimd, TVector, TElement>(tile, kvHead, token, panels * TSimd.PanelColumns, lanes);
            int length = FirstPosition + token + tokens;
            for (int key = 0; key < length; key += KeyBlock)
            {
                int count = Math.Min(KeyBlock, length - key);
                tile.PackKeys<TElement>(keys.Address, headDim, row + key, 0, count);
                tile.PackValues<TElement>(values.Address, headDim, row + key, 0, count);
                for (int panel = 0; panel < panels; panel++)
                    Step<TSimd, TVector, TElement>(tile, panel, token, lanes, key, count);
            }

            for (int lane = 0; lane < lanes; lane++)
            {
                int panel = lane / TSimd.PanelColumns;
                int column = lane % TSimd.PanelColumns;
                float sum = tile.State[(2 * panel + 1) * TSimd.PanelColumns + column];
                int head = kvHead * GroupSize + lane % GroupSize;
                nint index = (nint)(token + lane / GroupSize) * y.Columns + head * headDim;
                tile.StoreLane<TElement>(column, 1f / sum, y.Address, index, panel);
            }
        }

        /// <summary>Lane = token · group + head of the group, so that a panel spans few positions.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void PackQueries<TSimd, TVector, TElement>(
            AttentionTile<TSimd, TVector> tile, int kvHead, int token, int paddedLanes, int lanes)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int headDim = keys.Columns;
            for (int lane = 0; lane < paddedLanes; lane++)
            {
                int panel = lane / TSimd.PanelColumns;
                float* column = tile.Queries + panel * tile.PanelFloats + lane % TSimd.PanelColumns;
                int head = kvHead * GroupSize + lane % GroupSize;
                nint index = (nint)(token + lane / GroupSize) * q.Columns + head * headDim;
                for (int i = 0; i < headDim; i++)
                    column[i * TSimd.PanelColumns] = lane < lanes ? TElement.LoadScalar(q.Address, index + i) : 0f;
            }

            int statePanels = paddedLanes / TSimd.PanelColumns;
            new Span<float>(tile.Outputs, checked((int)(statePanels * tile.OutputFloats))).Clear();
            for (int panel = 0; panel < statePanels; panel++)
            {
                float* state = tile.State + 2 * panel * TSimd.PanelColumns;
                new Span<float>(state, TSimd.PanelColumns).Fill(Hidden);
                new Span<float>(state + TSimd.PanelColumns, TSimd.PanelColumns).Clear();
            }
        }

        /// <summary>One panel of queries against one block of keys.</summary>
        private void Step<TSimd, TVector, TElement>(
            AttentionTile<TSimd, TVector> tile, int panel, int token, int lanes, int key, int packedKeys)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int firstLane = panel * TSimd.PanelColumns;
            int lastLane = Math.Min(firstLane + TSimd.PanelColumns, lanes) - 1;
            int firstToken = FirstPosition + token + firstLane / GroupSize;
            int lastToken = FirstPosition + token + lastLane / GroupSize;
            int count = Math.Min(packedKeys, lastToken + 1 - key);
            if (count <= 0)
                return;
            tile.Scores(0, count, panel);
            if (key + count - 1 > firstToken)
                Mask<TSimd, TVector>(tile.Probabilities, firstLane, token, key, Math.Max(0, firstToken + 1 - key), count);
            float* state = tile.State + 2 * panel * TSimd.PanelColumns;
            float scale = 1f / MathF.Sqrt(keys.Columns);
            for (int lane = 0; lane < TSimd.PanelColumns; lane += TSimd.Count)
            {
                Softmax<TSimd, TVector, TElement>(
                    tile.Probabilities + lane,
                    count,
                    scale,
                    state + lane,
                    tile.Outputs + panel * tile.OutputFloats + lane,
                    tile.OutputFloats);
            }

            tile.Output(0, count, packedKeys, accumulate: true, panel);
        }

        /// <summary>Hides the keys that come after a lane's own position.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Mask<TSimd, TVector>(float* scores, int firstLane, int token, int key, int from, int count)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
        {
            float* position = stackalloc float[TSimd.PanelColumns];
            for (int lane = 0; lane < TSimd.PanelColumns; lane++)
                position[lane] = FirstPosition + token + (firstLane + lane) / GroupSize;
            TVector hidden = TSimd.Broadcast(Hidden);
            for (int i = from; i < count; i++)
            {
                TVector keyPosition = TSimd.Broadcast(key + i);
                float* row = scores + (nint)i * TSimd.PanelColumns;
                for (int lane = 0; lane < TSimd.PanelColumns; lane += TSimd.Count)
                {
                    TVector score = TSimd.Load(row + lane);
                    TSimd.Store(TSimd.SelectLess(TSimd.Load(position + lane), keyPosition, hidden, score), row + lane);
                }
            }
        }

        /// <summary>Turns scores into probabilities relative to the running maximum; rescales sum and output.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Softmax<TSimd, TVector, TElement>(
            float* scores, int count, float scale, float* state, float* output, nint outputFloats)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement
        {
            int stride = TSimd.PanelColumns;
            TVector before = TSimd.Load(state);
            TVector max = before;
            float* last = scores + (nint)count * stride;
            for (float* s = scores; s < last; s += stride)
                max = TSimd.Max(max, TSimd.Load(s));

            TVector factor = TSimd.Broadcast(scale);
            TVector shift = TSimd.Negate(TSimd.Multiply(max, factor));
            TVector sum = TSimd.Zero;
            for (float* s = scores; s < last; s += stride)
            {
                TVector power = VectorMath.Exp<TSimd, TVector>(TSimd.MultiplyAdd(TSimd.Load(s), factor, shift));
                sum = TSimd.Add(sum, power);
                TSimd.Store(TElement.Round<TSimd, TVector>(power), s);
            }

            TVector correction = VectorMath.Exp<TSimd, TVector>(TSimd.MultiplyAdd(before, factor, shift));
            TSimd.Store(max, state);
            float* total = state + TSimd.PanelColumns;
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(total), correction, sum), total);
            for (nint i = 0; i < outputFloats; i += stride)
                TSimd.Store(TSimd.Multiply(TSimd.Load(output + i), correction), output + i);
        }
    }

    private static void CausalAttentionOnDevice(
        OpContext context,
        GpuDevice device,
        Tensor q,
        Tensor keys,
        Tensor values,
        int numKvHeads,
        int contextLength,
        Tensor y)
    {
        int headDim = keys.Columns;
        int groupSize = q.Columns / (numKvHeads * headDim);
        int headStride = keys.Rows / numKvHeads * headDim;
        AttentionShape shape = new(
            q.Rows, groupSize, q.Columns, headDim, headStride, headDim, contextLength - q.Rows, contextLength);
        CheckAttention(headDim, q, keys, values, y);
        bool isDecode = q.Rows == 1 && headDim is 32 or 64 or 128;
        if (isDecode && q.DType == DType.F32)
            DecodeAttention<float>(context, device, q, keys, values, shape, y);
        else if (isDecode)
            DecodeAttention<BFloat16>(context, device, q, keys, values, shape, y);
        else if (q.DType == DType.F32)
            AttentionLaunch<float, CausalMask>(device, q, keys, values, numKvHeads, shape, y);
        else
            AttentionLaunch<BFloat16, CausalMask>(device, q, keys, values, numKvHeads, shape, y);
    }

    private static void DecodeAttention<T>(
        OpContext context, GpuDevice device, Tensor q, Tensor keys, Tensor values, AttentionShape shape, Tensor y)
        where T : unmanaged
    {
        const int PartKeys = DecodeAttentionKernel<T, N16>.Keys;
        int heads = q.Columns / shape.HeadDim;
        int parts = (shape.ContextLength + PartKeys - 1) / PartKeys;
        float scale = 1f / MathF.Sqrt(shape.HeadDim);
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor partials = context.Workspace.Take(DType.F32, heads * parts, shape.HeadDim + 2);
        switch (shape.HeadDim)
        {
            case 32:
                Launch<N4>();
                break;
            case 64:
                Launch<N8>();
                break;
            default:
                Launch<N16>();
                break;
        }

        device.Launch(
            heads,
            MergeAttentionKernel<T>.BlockThreads,
            new MergeAttentionKernel<T>(partials.Global<float>(), y.Global<T>(), parts, shape.HeadDim, scale));
        context.Workspace.Return(mark);

        void Launch<TLanes>()
            where TLanes : struct, ILength => device.Launch(
            (parts, heads),
            DecodeAttentionKernel<T, TLanes>.BlockThreads,
            new DecodeAttentionKernel<T, TLanes>(
                q.Global<T>(), keys.Global<T>(), values.Global<T>(), partials.Global<float>(), shape, scale));
    }
}
