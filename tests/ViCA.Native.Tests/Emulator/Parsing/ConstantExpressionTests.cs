using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Parsing;

/// <summary>Expressions of constants; the values are those that ptxas 12.4 folds them to.</summary>
public sealed class ConstantExpressionTests
{
    [Theory]
    [InlineData("10 * (3 + 4) - 1 << 2", 276)]
    [InlineData("0x10 > 3 ? 7 : 9", 7)]
    [InlineData("-1 >> 4", -1)]
    [InlineData("-1U >> 4", 0x0FFFFFFFFFFFFFFF)]
    [InlineData("0xFFFFFFFFFFFFFFFF >> 60", 15)]
    [InlineData("-7 / 2", -3)]
    [InlineData("-7 % 3", 0)]
    [InlineData("-7 / 2U", 0x7FFFFFFFFFFFFFFC)]
    [InlineData("~0x0F", -16)]
    [InlineData("!5", 0)]
    [InlineData("!0", 1)]
    [InlineData("1 | 2 ^ 3 & 6", 1)]
    [InlineData("1 << 3 + 1", 16)]
    [InlineData("3 == 3", 1)]
    [InlineData("6 != 6", 0)]
    [InlineData("-1 < 1", 1)]
    [InlineData("-1 < 1U", 0)]
    [InlineData("7 >= 7", 1)]
    [InlineData("8 <= 7", 0)]
    [InlineData("1 ? 2 : 0 ? 3 : 4", 2)]
    [InlineData("5 && 0 || 1", 1)]
    [InlineData("(.u64) -1 >> 60", 15)]
    [InlineData("(.s64) 0xFFFFFFFFFFFFFFFF >> 60", -1)]
    [InlineData("WARP_SZ * 4 - 1", 127)]
    [InlineData("!WARP_SZ + 3", 3)]
    [InlineData("- -5", 5)]
    [InlineData("+5", 5)]
    [InlineData("2 - 3 - 4", -5)]
    [InlineData("100 / 10 / 2", 5)]
    public void OfIntegers_HaveTheValueOfTheAssembler(string expression, long expected)
    {
        Assert.Equal((uint)expected, Value($"mov.u64 %rd5, {expression}; cvt.u32.u64 %r2, %rd5;"));
        Assert.Equal(
            (uint)(expected >> 32), Value($"mov.u64 %rd5, {expression}; shr.u64 %rd5, %rd5, 32; cvt.u32.u64 %r2, %rd5;"));
    }

    [Theory]
    [InlineData("1.5 + 2.0", 3.5f)]
    [InlineData("-(1.5 * 4.0)", -6f)]
    [InlineData("2.5 > 1.0 ? 8.0 : 9.0", 8f)]
    public void OfFractions_AreDoubles(string expression, float expected) =>
        Assert.Equal(BitConverter.SingleToUInt32Bits(expected), Value($"mov.f32 %f0, {expression}; mov.b32 %r2, %f0;"));

    [Fact]
    public void TheWarpSize_IsAConstant() => Assert.Equal(32u, Value("mov.u32 %r2, WARP_SZ;"));

    [Theory]
    [InlineData("[%rd2 + 2 * 2]")]
    [InlineData("[%rd2 + -(-4)]")]
    [InlineData("[%rd2 + (1 << 2)]")]
    [InlineData("[%rd2+WARP_SZ/8]")]
    [InlineData("[%rd2 + 8 - 4]")]
    [InlineData("[%rd2 + 1 ? 4 : 8]")]
    public void InAnAddress_TheyAreOffsets(string address) =>
        Assert.Equal(8u, PtxKernel.Run($"setp.eq.u32 %p1, %r0, 0; @%p1 ld.global.u32 %r2, {address};", [7, 8, 9])[0]);

    [Fact]
    public void InInitialisers_TheyAreValuesAndOffsetsOfSymbols()
    {
        const string Data = ".global .u32 values[3] = {1 + 1, 5 << 2, ~0}; .global .u64 place = generic(values) + 2 * 2;";

        Assert.Equal(20u, PtxKernel.Run(
            "mov.u64 %rd4, place; ld.global.u64 %rd5, [%rd4]; ld.u32 %r2, [%rd5];", declarations: Data)[0]);
        Assert.Equal(uint.MaxValue, PtxKernel.Run("ld.global.u32 %r2, [values + 4 * 2];", declarations: Data)[0]);
    }

    [Theory]
    [InlineData("1 / 0", "a constant is divided by zero")]
    [InlineData("1.5 | 2", "a floating-point constant stands where an integer must")]
    [InlineData("(1 + 2", "unexpected ';' (expected ')')")]
    [InlineData("1 +", "unexpected ';' (expected an operand)")]
    public void WithoutAValue_AreRefusedWithTheLine(string expression, string reason)
    {
        PtxFormatException exception = Assert.Throws<PtxFormatException>(() => Value($"mov.u64 %rd5, {expression};"));

        Assert.Contains("PTX line 23: " + reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- ", "a constant is nested too deep (at most 64 levels)")]
    [InlineData("1 ? 2 : ", "a constant is nested too deep (at most 64 levels)")]
    [InlineData("(", "brackets are nested too deep (at most 256)")]
    [InlineData("{", "brackets are nested too deep (at most 256)")]
    public void NestedBeyondTheStack_AreRefusedWithTheLine(string part, string reason)
    {
        string deep = string.Concat(Enumerable.Repeat(part, 100_000));

        PtxFormatException exception = Assert.Throws<PtxFormatException>(() => Value($"mov.u64 %rd5, {deep}1;"));

        Assert.Contains("PTX line 23: " + reason, exception.Message, StringComparison.Ordinal);
    }

    private static uint Value(string body) => PtxKernel.Run(body)[0];
}
