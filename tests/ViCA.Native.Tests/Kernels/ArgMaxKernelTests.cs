using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The greedy choice of a token, on the CPU and by the kernel.</summary>
public sealed class ArgMaxKernelTests
{
    [Theory]
    [InlineData(DType.F32, 1)]
    [InlineData(DType.F32, 1023)]
    [InlineData(DType.BF16, 1025)]
    [InlineData(DType.BF16, 5000)]
    public void ArgMax_EqualsTheCpu(DType dtype, int ids)
    {
        using KernelBench bench = new();
        Tensor logits = bench.Random(dtype, 1, ids, 20), deviceLogits = bench.Upload(logits);
        uint[] generated = new uint[(ids + 31) / 32];
        foreach (float penalty in (float[])[1f, 1.3f])
        {
            // Each choice is penalised at the next one.
            for (int step = 0; step < 3; step++)
            {
                int expected = Op.ArgMax(bench.Host, logits, generated, penalty);
                Assert.Equal(expected, Op.ArgMax(bench.Device, deviceLogits, generated, penalty));
                generated[expected / 32] |= 1u << (expected % 32);
            }
        }
    }

    [Fact]
    public void ArgMax_TakesTheLowestOfEqualScores()
    {
        using KernelBench bench = new();
        Tensor logits = bench.Empty(DType.BF16, 1, 3000);
        logits.BFloat16s.Fill((BFloat16)1f);
        foreach (int id in (int[])[2999, 1500, 700])
            logits.BFloat16s[id] = (BFloat16)2f;
        Assert.Equal(700, Op.ArgMax(bench.Device, bench.Upload(logits), new uint[94], 1f));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void ArgMax_OfWhatIsNotFinite_IsNone(float value)
    {
        using KernelBench bench = new();
        Tensor logits = bench.Random(DType.F32, 1, 2000);
        logits.Floats[1999] = value;
        Assert.Equal(-1, Op.ArgMax(bench.Host, logits, new uint[63], 1f));
        Assert.Equal(-1, Op.ArgMax(bench.Device, bench.Upload(logits), new uint[63], 1f));
    }
}
