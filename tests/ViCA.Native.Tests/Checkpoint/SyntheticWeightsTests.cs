using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Tests.Checkpoint;

/// <summary>Known answers of the formula, computed by its definition in numpy.</summary>
public class SyntheticWeightsTests
{
    [Fact]
    public void Fnv1a64_OfAName() => Assert.Equal(0xD6D6E5AFD11604E4, SyntheticWeights.Fnv1a64("model.norm.weight"));

    [Fact]
    public void Fill_NormWeight() =>
        Assert.Equal([0x3F81, 0x3F86, 0x3F72, 0x3F87], Bits("model.norm.weight", [256], seed: 20, start: 0, count: 4));

    [Fact]
    public void Fill_QueryProjection() => Assert.Equal(
        [0x3E00, 0x3E15, 0xBC84, 0x3E1A],
        Bits("model.layers.0.self_attn.q_proj.weight", [256, 256], seed: 20, start: 0, count: 4));

    [Fact]
    public void Fill_WholeTensor()
    {
        BFloat16[] values = new BFloat16[640 * 256];
        SyntheticWeights.FillParallel("lm_head.weight", [640, 256], 20, 0, values);
        Assert.Equal(
            "a0c5ddec139e554a100875d9b9aa3eb9b762a9800b7fcb39365fb188cafabddc",
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan()))));
    }

    [Fact]
    public void Fill_PartEqualsTheWhole()
    {
        ushort[] whole = Bits("model.image_newline", [1000], seed: 7, start: 0, count: 1000);
        Assert.Equal(whole[333..777], Bits("model.image_newline", [1000], seed: 7, start: 333, count: 444));
    }

    private static ushort[] Bits(string name, long[] shape, ulong seed, long start, int count)
    {
        BFloat16[] values = new BFloat16[count];
        SyntheticWeights.Fill(name, shape, seed, start, values);
        return [.. values.Select(value => value.Bits)];
    }
}
