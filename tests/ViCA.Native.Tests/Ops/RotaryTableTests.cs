using ViCA.Native.Tensors;

namespace ViCA.Native.Tests.Ops;

/// <summary>The vectors of the reference specification: bf16 cosines and sines for headDim 128 and theta 1e6.</summary>
public sealed class RotaryTableTests
{
    [Theory]
    [InlineData(1, 0, 0x3F0A, 0x3F57)]
    [InlineData(1, 1, 0x3F31, 0x3F39)]
    [InlineData(1, 32, 0x3F80, 0x3A83)]
    [InlineData(14, 0, 0x3E0C, 0x3F7E)]
    [InlineData(14, 1, 0x3E91, 0xBF76)]
    [InlineData(13453, 0, 0x3F44, 0x3F25)]
    [InlineData(13453, 1, 0xBF4D, 0x3F19)]
    [InlineData(13453, 32, 0x3F22, 0x3F46)]
    public void Values_AreTheReferences(int position, int k, int cosine, int sine)
    {
        using RotaryTable table = new(128, 13454, 1e6, DType.BF16);
        Assert.Equal(cosine, ((BFloat16)table.Cosine[position, k]).Bits);
        Assert.Equal(sine, ((BFloat16)table.Sine[position, k]).Bits);
    }
}
