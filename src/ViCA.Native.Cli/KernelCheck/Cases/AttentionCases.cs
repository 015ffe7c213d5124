using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Cli.KernelCheck.Cases;

/// <summary>Attention, whose order of roundings is the CPU path's up to the blocks of keys.</summary>
internal static class AttentionCases
{
    private const int Roundings = 8;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelCase> All { get; } =
    [
        Bidirectional(DType.F32, 1, 1, 32),
        Bidirectional(DType.F32, 33, 3, 32),
        Bidirectional(DType.F32, 64, 1, 64),
        Bidirectional(DType.F32, 65, 2, 72),
        Bidirectional(DType.F32, 63, 1, 128),
        Bidirectional(DType.BF16, 1, 1, 32),
        Bidirectional(DType.BF16, 31, 3, 32),
        Bidirectional(DType.BF16, 64, 1, 64),
        Bidirectional(DType.BF16, 65, 2, 72),
        Bidirectional(DType.BF16, 63, 1, 128),
        Causal(DType.F32, 1, 0, 2, 1, 128),
        Causal(DType.F32, 1, 255, 7, 1, 64),
        Causal(DType.F32, 1, 256, 6, 3, 32),
        Causal(DType.F32, 1, 90, 2, 2, 72),
        Causal(DType.F32, 64, 192, 1, 1, 128),
        Causal(DType.F32, 10, 23, 7, 1, 64),
        Causal(DType.F32, 33, 0, 4, 2, 32),
        Causal(DType.BF16, 1, 0, 2, 1, 128),
        Causal(DType.BF16, 1, 300, 7, 1, 64),
        Causal(DType.BF16, 1, 256, 6, 3, 32),
        Causal(DType.BF16, 64, 192, 1, 1, 128),
        Causal(DType.BF16, 10, 23, 7, 1, 64),
        Causal(DType.BF16, 33, 0, 4, 2, 32),
        Causal(DType.BF16, 33, 0, 4, 2, 72),
    ];

    public static KernelCase Bidirectional(DType dtype, int tokens, int heads, int headDim) =>
        new($"BidirectionalAttention/{dtype}/{tokens}x{heads}x{headDim}", Roundings, tensors =>
        {
            int width = heads * headDim;
            Tensor q = tensors.Input(dtype, tokens, width, 2), k = tensors.Input(dtype, tokens, width, 2);
            Tensor v = tensors.Input(dtype, tokens, width), y = tensors.Output(dtype, tokens, width);
            return () => Ops.BidirectionalAttention(tensors.Context, q, k, v, heads, y);
        })
        {
            Operations = 4.0 * tokens * tokens * heads * headDim,
        };

    /// <summary>Tokens that follow <paramref name="before"/> others in a cache that has room for three more.</summary>
    public static KernelCase Causal(DType dtype, int tokens, int before, int heads, int kvHeads, int headDim) =>
        new($"CausalAttention/{dtype}/{tokens}+{before}x{heads}-{kvHeads}x{headDim}", Roundings, tensors =>
        {
            int length = before + tokens, capacity = length + 3, width = heads * headDim;
            Tensor q = tensors.Input(dtype, tokens, width, 2), y = tensors.Output(dtype, tokens, width);
            Tensor keys = tensors.Input(dtype, kvHeads * capacity, headDim, 2);
            Tensor values = tensors.Input(dtype, kvHeads * capacity, headDim);
            return () => Ops.CausalAttention(tensors.Context, q, keys, values, kvHeads, length, y);
        })
        {
            Operations = 4.0 * tokens * (before + (tokens + 1) / 2.0) * heads * headDim,
        };
}
