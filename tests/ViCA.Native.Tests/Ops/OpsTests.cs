using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Ops;

public sealed class OpsTests
{
    public static TheoryData<string> Checks => [.. OpsChecks.All.Keys];

    [Theory]
    [MemberData(nameof(Checks))]
    public void MatchesReference(string check) => OpsChecks.All[check]();

    [SkippableFact]
    public void MatchesReference_WithoutAvx512()
    {
        Skip.IfNot(Avx512F.IsSupported, "this processor has no AVX-512 to switch off");
        NarrowVectors.Check("ops", OpsChecks.All.Count, "DOTNET_EnableAVX512", "512");
    }

    [SkippableFact]
    public void MatchesReference_WithoutAvx2()
    {
        Skip.IfNot(Avx2.IsSupported, "this processor has no AVX2 to switch off");
        NarrowVectors.Check("ops", OpsChecks.All.Count, "DOTNET_EnableAVX2", "256");
    }

    [Fact]
    public void Linear_GivesTheSameBits_WhateverTheThreadCount()
    {
        byte[][] results = new byte[3][];
        for (int i = 0; i < results.Length; i++)
        {
            using OpsBench bench = new(seed: 5, threads: i + 1);
            Tensor x = bench.Random(DType.F32, 40, 700), weight = bench.Random(DType.BF16, 333, 700);
            Tensor y = bench.Empty(DType.F32, 40, 333);
            Op.Linear(bench.Context, x, weight, null, y);
            results[i] = y.Bytes.ToArray();
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void CausalAttention_GivesTheSameBits_WhateverTheChunk()
    {
        using OpsBench bench = new();
        Tensor q = bench.Random(DType.F32, 130, 7 * 64), whole = bench.Empty(DType.F32, 130, 7 * 64);
        Tensor keys = bench.Random(DType.F32, 130, 64), values = bench.Random(DType.F32, 130, 64);
        Op.CausalAttention(bench.Context, q, keys, values, 1, 130, whole);
        Tensor parts = bench.Empty(DType.F32, 130, 7 * 64);
        Op.CausalAttention(bench.Context, q.Slice(0, 50), keys, values, 1, 50, parts.Slice(0, 50));
        Op.CausalAttention(bench.Context, q.Slice(50, 80), keys, values, 1, 130, parts.Slice(50, 80));
        Assert.Equal(whole.Bytes.ToArray(), parts.Bytes.ToArray());
    }

    [Fact]
    public void Linear_RefusesAWeightOfAnotherShape()
    {
        using OpsBench bench = new();
        Tensor x = bench.Random(DType.F32, 2, 8), weight = bench.Random(DType.BF16, 5, 9);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Op.Linear(bench.Context, x, weight, null, bench.Empty(DType.F32, 2, 5)));
        Assert.Equal("Linear: weight is [5, 9] (expected [5, 8]) (Parameter 'weight')", error.Message);
    }
}
