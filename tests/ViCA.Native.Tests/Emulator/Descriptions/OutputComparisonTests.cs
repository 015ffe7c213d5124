using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Tests.Emulator.Descriptions;

public sealed class OutputComparisonTests
{
    private static readonly ExpectedRange Bits = new() { Start = 0, Count = 2, Rule = CompareRule.Bits };

    [Fact]
    public void Bits_NameTheFirstElementThatDiffers()
    {
        PtxOutputResult result = Compare(Bits with { What = "add" }, PtxElementType.S32, [1, 3], [1, 2]);

        Assert.False(result.IsEqual);
        Assert.Equal(new PtxDifference(1, "2 (0x00000002)", "3 (0x00000003)", "add"), result.FirstDifference);
    }

    [Fact]
    public void Bits_OutsideTheRanges_AreNotCompared() =>
        Assert.True(Compare(Bits with { Count = 1 }, PtxElementType.S32, [1, 3], [1, 2]).IsEqual);

    [Fact]
    public void Bits_OutsideTheMask_AreNotCompared()
    {
        ExpectedRange masked = Bits with { Mask = 0xFFFFE000 };

        Assert.True(Compare(masked, PtxElementType.B32, [0x12345FFF, 0], [0x12344000, 0]).IsEqual);
        Assert.False(Compare(masked, PtxElementType.B32, [0x12346000, 0], [0x12344000, 0]).IsEqual);
    }

    [Fact]
    public void AnyNaN_MatchesOnlyNaNs()
    {
        ExpectedRange any = Bits with { View = new FloatView(PtxElementType.F32, 1), AnyNaN = true };

        Assert.True(Compare(any, PtxElementType.B32, [0x7FFFFFFF, 0], [0x7FC00000, 0]).IsEqual);
        Assert.False(Compare(any, PtxElementType.B32, [0x7F800000, 0], [0x7FC00000, 0]).IsEqual);
        Assert.False(Compare(any, PtxElementType.B32, [0x80000000, 0], [0, 0]).IsEqual);
    }

    [Fact]
    public void AView_ReadsTheLowBits_AndTheHighOnesMustBeEqual()
    {
        ExpectedRange low = Bits with
        {
            View = new FloatView(PtxElementType.F16, 1),
            AnyNaN = true,
            AnyZeroSign = true,
        };

        Assert.True(Compare(low, PtxElementType.B32, [0x7E01, 0x8000], [0x7FFF, 0]).IsEqual);
        Assert.False(Compare(low, PtxElementType.B32, [0x1_7E01, 0], [0x7FFF, 0]).IsEqual);
    }

    [Fact]
    public void APackedView_ReadsBothHalves()
    {
        ExpectedRange packed = Bits with { View = new FloatView(PtxElementType.BF16, 2), AnyNaN = true };

        Assert.True(Compare(packed, PtxElementType.B32, [0x7FC1_3F80, 0], [0xFFFF_3F80, 0]).IsEqual);
        Assert.False(Compare(packed, PtxElementType.B32, [0x7FC1_3F81, 0], [0xFFFF_3F80, 0]).IsEqual);
    }

    [Theory]
    [InlineData(0x3F800001u, 0x3F800000u, true)]
    [InlineData(0x3F800002u, 0x3F800000u, false)]
    [InlineData(0x80000001u, 0x00000000u, true)]
    [InlineData(0x7FC00000u, 0x7F800000u, false)]
    public void Ulp_CountsRepresentableValues(uint actual, uint expected, bool isEqual)
    {
        ExpectedRange ulp = Bits with { Rule = CompareRule.Ulp, Ulp = 1 };

        Assert.Equal(isEqual, Compare(ulp, PtxElementType.F32, [actual, 0], [expected, 0]).IsEqual);
    }

    [Theory]
    [InlineData(1.1f, 1f, true)]
    [InlineData(1.2f, 1f, false)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, true)]
    [InlineData(float.NaN, 1f, false)]
    public void Close_AllowsAbsoluteAndRelative(float actual, float expected, bool isEqual)
    {
        ExpectedRange close = Bits with { Rule = CompareRule.Close, Absolute = 0.1, Relative = 0.05 };

        Assert.Equal(
            isEqual,
            Compare(
                close,
                PtxElementType.F32,
                [BitConverter.SingleToUInt32Bits(actual), 0],
                [BitConverter.SingleToUInt32Bits(expected), 0]).IsEqual);
    }

    [Fact]
    public void Sorted_IgnoresTheOrder()
    {
        ExpectedRange sorted = Bits with { Rule = CompareRule.Sorted };

        Assert.True(Compare(sorted, PtxElementType.S32, [unchecked((uint)-1), 2], [2, unchecked((uint)-1)]).IsEqual);
        Assert.False(Compare(sorted, PtxElementType.S32, [2, 2], [2, 1]).IsEqual);
    }

    [Theory]
    [InlineData(0u, 1u, 2u, true)]
    [InlineData(2u, 0u, 1u, true)]
    [InlineData(2u, 2u, 1u, false)]
    [InlineData(1u, 2u, 3u, false)]
    public void SortedUnion_HoldsEachIntegerOnce(uint first, uint second, uint other, bool isEqual)
    {
        ExpectedRange union = Bits with { Rule = CompareRule.SortedUnion, With = ("r", 1), Values = (0, 2) };

        PtxOutputResult result = OutputComparison.Compare(
            new ExpectedBuffer("old", 2, "", null, [union]),
            Content(PtxElementType.U32, [first, second]),
            Content(PtxElementType.U32, [0, 0]),
            name => name == "r" ? Content(PtxElementType.U32, [9, other]) : throw new ArgumentException(name));

        Assert.Equal(isEqual, result.IsEqual);
    }

    [Fact]
    public void AnOptionalDifference_IsShownButNoFailure()
    {
        PtxOutputResult result = Compare(Bits with { IsOptional = true }, PtxElementType.S32, [1, 3], [1, 2]);

        Assert.False(result.IsEqual);
        Assert.True(result.IsOptional);
    }

    private static PtxOutputResult Compare(ExpectedRange range, PtxElementType type, uint[] actual, uint[] expected) =>
        OutputComparison.Compare(
            new ExpectedBuffer("y", 2, "", null, [range]),
            Content(type, actual),
            Content(type, expected),
            name => throw new ArgumentException(name));

    private static BufferContent Content(PtxElementType type, uint[] words) =>
        new(type, MemoryMarshal.AsBytes<uint>(words).ToArray());
}
