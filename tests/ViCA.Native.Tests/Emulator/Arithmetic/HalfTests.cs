using ViCA.Native.Gpu.Emulator.Arithmetic;

namespace ViCA.Native.Tests.Emulator.Arithmetic;

/// <summary>f16x2 and bf16x2 instructions against the instruction tables.</summary>
public sealed class HalfTests
{
    [Fact]
    public void Float16Pairs_AreAsInTheTable() => CheckTable<Float16Format>("f16");

    [Theory]
    [InlineData("bf16")]
    [InlineData("bf16_sm90")]
    public void BFloat16Pairs_AreAsInTheTable(string caseName) => CheckTable<BFloat16Format>(caseName);

    [Fact]
    public void FusedMultiplyAdd_OfBFloat16_RoundsOnce()
    {
        // 1.0078125 · 1.5 is a tie between two bf16; the addend, far below f64's last bit of the product, decides it.
        Assert.Equal(0x3fc1, Fma(0x3f81, 0x3fc0, 0x8001));
        Assert.Equal(0x3fc2, Fma(0x3f81, 0x3fc0, 0x0001));

        static int Fma(ushort a, ushort b, ushort c) =>
            HalfMath.FusedMultiplyAdd<BFloat16Format>(a, b, c, flush: false, NarrowLimit.None);
    }

    private static void CheckTable<TFormat>(string caseName)
        where TFormat : struct, IHalfFormat
    {
        InstructionTable table = InstructionTable.Load("half2_ops", caseName);
        uint[][] inputs = [.. new[] { "A", "B", "C" }.Select(name => Pairs(table.Input(name)))];
        table.Check((what, i) => Compute<TFormat>(what.Split('.'), inputs[0][i], inputs[1][i], inputs[2][i]));
    }

    private static uint[] Pairs(ulong[] halves) =>
        [.. Enumerable.Range(0, halves.Length / 2).Select(i => (uint)((halves[(2 * i) + 1] << 16) | halves[2 * i]))];

    private static uint Compute<TFormat>(string[] words, uint a, uint b, uint c)
        where TFormat : struct, IHalfFormat
    {
        bool flush = words.Contains("ftz");
        bool propagate = words.Contains("NaN");
        NarrowLimit limit = words.Contains("sat") ? NarrowLimit.Unit
            : words.Contains("relu") ? NarrowLimit.Rectified
            : NarrowLimit.None;
        CompareOperator comparison = words[1] switch
        {
            "lt" => CompareOperator.Less,
            "gt" => CompareOperator.Greater,
            "ge" => CompareOperator.GreaterOrEqual,
            "leu" => CompareOperator.LessOrEqualOrUnordered,
            _ => CompareOperator.NotEqualOrUnordered,
        };
        switch (words[0])
        {
            case "add":
                return PackedHalf.Add<TFormat>(a, b, flush, limit);
            case "sub":
                return PackedHalf.Subtract<TFormat>(a, b, flush, limit);
            case "mul":
                return PackedHalf.Multiply<TFormat>(a, b, flush, limit);
            case "fma":
                return PackedHalf.FusedMultiplyAdd<TFormat>(a, b, c, flush, limit);
            case "min":
                return PackedHalf.Min<TFormat>(a, b, flush, propagate);
            case "max":
                return PackedHalf.Max<TFormat>(a, b, flush, propagate);
            case "neg":
                return PackedHalf.Negate<TFormat>(a, flush);
            case "abs":
                return PackedHalf.Absolute<TFormat>(a, flush);
            case "set":
                return PackedHalf.Set<TFormat>(comparison, a, b, flush);
            default:
                Assert.Equal("setp", words[0]);
                (bool low, bool high) = PackedHalf.Compare<TFormat>(comparison, a, b, flush);
                return (low ? 1u : 0) | (high ? 2u : 0);
        }
    }
}
