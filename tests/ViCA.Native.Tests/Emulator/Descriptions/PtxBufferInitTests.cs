using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Tests.Emulator.Descriptions;

public sealed class PtxBufferInitTests
{
    [Fact]
    public void SplitMix_GivesTheFormulasFirstNumber() => Assert.Equal(0x910A2DEC89025CC1, SplitMix.At(1, 0));

    [Fact]
    public void Uniform_GivesTheFormulasFirstValues() => Assert.Equal(
        [0x3e885168, 0x3f7bae34, 0x3ff12744],
        Patterns(new PtxBufferInit.Uniform(1, 2), PtxElementType.F32, 3));

    [Fact]
    public void Bits_AreTheHighOnes() => Assert.Equal(
        [0x910A],
        MemoryMarshal.Cast<byte, ushort>(new PtxBufferInit.RandomBits(1).Fill(PtxElementType.U16, 1)).ToArray());

    [Fact]
    public void Range_CountsFromTheLowerEnd()
    {
        int low = -4;
        uint offset = 0x910A2DEC % 9;

        Assert.Equal(
            [low + (int)offset], Integers(new PtxBufferInit.IntegerRange(1, low, 9), PtxElementType.S32, 1));
        Assert.Equal(
            [(float)(low + (int)offset)],
            MemoryMarshal.Cast<byte, float>(new PtxBufferInit.IntegerRange(1, low, 9).Fill(PtxElementType.F32, 1))
                .ToArray());
    }

    [Fact]
    public void Mix_TakesAPatternWhenTheNumberIsOdd() => Assert.Equal(
        [0xABCDu], Patterns(new PtxBufferInit.Mix(1, [0xABCD]), PtxElementType.B32, 1));

    [Fact]
    public void Iota_CountsAndWraps()
    {
        Assert.Equal([5, 3, 1, -1], Integers(new PtxBufferInit.Sequence(5, -2), PtxElementType.S32, 4));
        Assert.Equal([0xFF, 0x00], new PtxBufferInit.Sequence(255, 1).Fill(PtxElementType.U8, 2));
        Assert.Equal(
            [0x3F00, 0x3F80], new PtxBufferInit.Sequence(0.5, 0.5)
                .Fill(PtxElementType.BF16, 2).Chunk(2).Select(pair => pair[0] | pair[1] << 8));
    }

    [Theory]
    [InlineData(1.00390625, 0x3F80)]
    [InlineData(1.01171875, 0x3F82)]
    [InlineData(-0.0, 0x8000)]
    [InlineData(1e39, 0x7F80)]
    public void BFloat16_IsRoundedToNearestEven(double value, int expected) =>
        Assert.Equal((ulong)expected, PtxElementType.BF16.FromDouble(value));

    private static uint[] Patterns(PtxBufferInit init, PtxElementType type, int length) =>
        MemoryMarshal.Cast<byte, uint>(init.Fill(type, length)).ToArray();

    private static int[] Integers(PtxBufferInit init, PtxElementType type, int length) =>
        MemoryMarshal.Cast<byte, int>(init.Fill(type, length)).ToArray();
}
