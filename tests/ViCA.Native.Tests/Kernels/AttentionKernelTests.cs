using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>Attention against the CPU path, whose order of roundings it follows up to the blocks of keys.</summary>
public sealed class AttentionKernelTests
{
    private const int Roundings = 8;

    [Theory]
    [InlineData(DType.F32, 1, 1, 32)]
    [InlineData(DType.F32, 33, 3, 32)]
    [InlineData(DType.F32, 64, 1, 64)]
    [InlineData(DType.F32, 65, 2, 72)]
    [InlineData(DType.F32, 63, 1, 128)]
    [InlineData(DType.BF16, 1, 1, 32)]
    [InlineData(DType.BF16, 31, 3, 32)]
    [InlineData(DType.BF16, 64, 1, 64)]
    [InlineData(DType.BF16, 65, 2, 72)]
    [InlineData(DType.BF16, 63, 1, 128)]
    public void Bidirectional_MatchesTheCpu(DType dtype, int tokens, int heads, int headDim)
    {
        using KernelBench bench = new();
        int width = heads * headDim;
        Tensor q = bench.Random(dtype, tokens, width, 2), k = bench.Random(dtype, tokens, width, 2);
        Tensor v = bench.Random(dtype, tokens, width), y = bench.Empty(dtype, tokens, width);
        Op.BidirectionalAttention(bench.Host, q, k, v, heads, y);
        Tensor deviceY = bench.EmptyOnDevice(dtype, tokens, width);
        Op.BidirectionalAttention(bench.Device, bench.Upload(q), bench.Upload(k), bench.Upload(v), heads, deviceY);
        bench.ShouldBeClose(deviceY, y, Roundings);
    }

    [Theory]
    [InlineData(DType.F32, 1, 0, 2, 1, 128)]
    [InlineData(DType.F32, 1, 255, 7, 1, 64)]
    [InlineData(DType.F32, 1, 256, 6, 3, 32)]
    [InlineData(DType.F32, 1, 90, 2, 2, 72)]
    [InlineData(DType.F32, 64, 192, 1, 1, 128)]
    [InlineData(DType.F32, 10, 23, 7, 1, 64)]
    [InlineData(DType.F32, 33, 0, 4, 2, 32)]
    [InlineData(DType.BF16, 1, 0, 2, 1, 128)]
    [InlineData(DType.BF16, 1, 300, 7, 1, 64)]
    [InlineData(DType.BF16, 1, 256, 6, 3, 32)]
    [InlineData(DType.BF16, 64, 192, 1, 1, 128)]
    [InlineData(DType.BF16, 10, 23, 7, 1, 64)]
    [InlineData(DType.BF16, 33, 0, 4, 2, 72)]
    public void Causal_MatchesTheCpu(DType dtype, int tokens, int before, int heads, int kvHeads, int headDim)
    {
        using KernelBench bench = new();
        int length = before + tokens, capacity = length + 3;
        Tensor q = bench.Random(dtype, tokens, heads * headDim, 2), y = bench.Empty(dtype, tokens, heads * headDim);
        Tensor keys = bench.Random(dtype, kvHeads * capacity, headDim, 2);
        Tensor values = bench.Random(dtype, kvHeads * capacity, headDim);
        Op.CausalAttention(bench.Host, q, keys, values, kvHeads, length, y);
        Tensor deviceY = bench.EmptyOnDevice(dtype, tokens, heads * headDim);
        Op.CausalAttention(
            bench.Device, bench.Upload(q), bench.Upload(keys), bench.Upload(values), kvHeads, length, deviceY);
        bench.ShouldBeClose(deviceY, y, Roundings);
    }
}
