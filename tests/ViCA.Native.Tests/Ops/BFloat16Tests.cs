using ViCA.Native.Tensors;

namespace ViCA.Native.Tests.Ops;

/// <summary>Rounding to bf16: nearest, ties to even, NaN stays NaN.</summary>
public sealed class BFloat16Tests
{
    [Theory]
    [InlineData(0x3F800000u, 0x3F80)]
    [InlineData(0x3F808000u, 0x3F80)] // a tie, even below
    [InlineData(0x3F818000u, 0x3F82)] // a tie, even above
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x7F7FFFFFu, 0x7F80)] // the largest float rounds to infinity
    [InlineData(0x7F800001u, 0x7FC0)] // a NaN whose payload would vanish
    [InlineData(0x7FFFFFFFu, 0x7FFF)]
    [InlineData(0x80000000u, 0x8000)]
    public void Conversion_RoundsToNearestEven(uint value, int expected) =>
        Assert.Equal(expected, ((BFloat16)BitConverter.UInt32BitsToSingle(value)).Bits);

    [Fact]
    public void Conversion_OfEveryBFloat16_IsExact()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            BFloat16 value = new((ushort)bits);
            if (!float.IsNaN(value))
                Assert.Equal(value, (BFloat16)(float)value);
        }
    }
}
