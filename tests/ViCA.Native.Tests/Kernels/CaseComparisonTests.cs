using System.Runtime.InteropServices;
using ViCA.Native.Cli.KernelCheck;
using ViCA.Native.Tensors;

namespace ViCA.Native.Tests.Kernels;

public sealed class CaseComparisonTests
{
    [Fact]
    public void EqualBits_Pass()
    {
        CaseComparison found = CaseComparison.Of([Floats(1, -2)], [Floats(1, -2)], 0);

        Assert.Equal(new CaseComparison(true, 0, null), found);
    }

    [Fact]
    public void OneBit_FailsWhereBitsMustAgree_AndPassesWithATolerance()
    {
        CaseOutput[] actual = [Floats(1, MathF.BitIncrement(2))], expected = [Floats(1, 2)];

        Assert.Equal(
            "output 0: [1] is 2.0000002 (expected 2, at most 0 away); 1 of 2 differ",
            CaseComparison.Of(actual, expected, 0).Message);
        Assert.True(CaseComparison.Of(actual, expected, 1).Passed);
    }

    [Fact]
    public void TheSignOfZero_IsABit()
    {
        Assert.False(CaseComparison.Of([Floats(-0f)], [Floats(0f)], 0).Passed);
        Assert.True(CaseComparison.Of([Floats(-0f)], [Floats(0f)], 1).Passed);
    }

    [Fact]
    public void TheDifference_IsRelativeToTheLargestMagnitude()
    {
        CaseComparison found = CaseComparison.Of([Floats(8, 1.5f)], [Floats(8, 1)], 1);

        Assert.Equal(0.5 / 8, found.Largest);
        Assert.False(found.Passed);
    }

    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(1, float.NaN)]
    [InlineData(float.NaN, float.NaN)]
    public void NaN_NeverPasses(float actual, float expected) =>
        Assert.False(CaseComparison.Of([Floats(actual)], [Floats(expected)], 8).Passed);

    [Fact]
    public void EachRounding_OfBFloat16_CountsHalfAUnit()
    {
        CaseOutput[] actual = [Halves(1.0078125f)], expected = [Halves(1)];

        Assert.False(CaseComparison.Of(actual, expected, 1).Passed);
        Assert.True(CaseComparison.Of(actual, expected, 2).Passed);
    }

    private static CaseOutput Floats(params float[] values) =>
        new(DType.F32, MemoryMarshal.AsBytes<float>(values).ToArray());

    private static CaseOutput Halves(params float[] values) => new(
        DType.BF16, MemoryMarshal.AsBytes<BFloat16>(values.Select(value => (BFloat16)value).ToArray()).ToArray());
}
