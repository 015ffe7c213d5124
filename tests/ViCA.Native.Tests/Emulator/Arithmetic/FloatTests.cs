using ViCA.Native.Gpu.Emulator.Arithmetic;

namespace ViCA.Native.Tests.Emulator.Arithmetic;

/// <summary>f32 and f64 instructions against the instruction tables: NaN, infinities, denormals, ties.</summary>
public sealed class FloatTests
{
    [Theory]
    [InlineData("edges")]
    [InlineData("moderate")]
    public void Singles_AreAsInTheTable(string caseName)
    {
        InstructionTable table = InstructionTable.Load("f32_ops", caseName);
        (ulong[] a, ulong[] b, ulong[] c) = (table.Input("A"), table.Input("B"), table.Input("C"));
        table.Check((what, i) => Single(what.Split('.'), (uint)a[i], (uint)b[i], (uint)c[i]));
    }

    [Fact]
    public void Comparisons_AreAsInTheTable()
    {
        InstructionTable table = InstructionTable.Load("f32_ops", "compare");
        (ulong[] a, ulong[] b) = (table.Input("A"), table.Input("B"));
        table.Check((what, i) => Comparison(what, (uint)a[i], (uint)b[i]));
    }

    [Fact]
    public void Doubles_AreAsInTheTable()
    {
        InstructionTable table = InstructionTable.Load("f64_ops", "edges");
        double[][] inputs = [.. new[] { "A", "B", "C" }.Select(name =>
            table.Input(name).Select(BitConverter.UInt64BitsToDouble).ToArray())];
        table.Check((what, i) => BitConverter.DoubleToUInt64Bits(
            Double(what.Split('.'), inputs[0][i], inputs[1][i], inputs[2][i])));
    }

    [Fact]
    public void NaNResults_AreCanonical()
    {
        Assert.Equal(0x7fff_ffffu, FloatRounding.Add(0xffc0_0001, 0, RoundingMode.NearestEven, false, false));
        Assert.Equal(0x7fff_ffffu, FloatRounding.Divide(0, 0, RoundingMode.Up, false));
        Assert.Equal(0x7fff_ffffu, FloatCompare.Max(0x7f80_0001, 0x3f80_0000, flush: false, propagate: true));
    }

    [Theory]
    [InlineData(0x3f80_0000u, 0xc000_0000u, 0xbf80_0000u)] // min(|1|, |-2|) with the signs' exclusive or
    [InlineData(0xbf80_0000u, 0xc000_0000u, 0x3f80_0000u)]
    public void XorSign_ComparesMagnitudes(uint a, uint b, uint expected) =>
        Assert.Equal(expected, FloatCompare.Min(a, b, flush: false, propagate: false, xorSign: true));

    [Fact]
    public void DoubleSums_FarApart_AreRoundedInTheirDirection()
    {
        double tiny = -Math.ScaleB(1, -300);
        double below = Math.BitDecrement(1);
        Check(RoundingMode.TowardZero, below);
        Check(RoundingMode.Down, below);
        Check(RoundingMode.Up, 1);

        void Check(RoundingMode mode, double expected)
        {
            Assert.Equal(expected, DoubleRounding.Add(1, tiny, mode));
            Assert.Equal(expected, DoubleRounding.Add(tiny, 1, mode));
            Assert.Equal(expected, DoubleRounding.FusedMultiplyAdd(tiny, -tiny, 1, mode));
        }
    }

    /// <summary>The directed results are equal when exact, else neighbours around the exact result.</summary>
    [Fact]
    public void DirectedDoubles_EncloseTheNearest()
    {
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            double a = Number(random);
            double b = Number(random);
            double c = Number(random);
            Enclose(mode => DoubleRounding.Add(a, b, mode));
            Enclose(mode => DoubleRounding.Multiply(a, b, mode));
            Enclose(mode => DoubleRounding.FusedMultiplyAdd(a, b, c, mode));
            Enclose(mode => DoubleRounding.Divide(a, b, mode));
            Enclose(mode => DoubleRounding.Sqrt(Math.Abs(a), mode));
        }

        // Exponents at which terms overlap, do not, or have denormal products.
        static double Number(Random random) => Math.ScaleB(
            random.NextDouble() - 0.5, random.Next(2) == 0 ? random.Next(-60, 60) : random.Next(-545, -495));
    }

    private static void Enclose(Func<RoundingMode, double> operation)
    {
        double nearest = operation(RoundingMode.NearestEven);
        double down = operation(RoundingMode.Down);
        double up = operation(RoundingMode.Up);
        double zero = operation(RoundingMode.TowardZero);
        Assert.True(nearest == down || nearest == up, $"{nearest:R} in {down:R} .. {up:R}");
        Assert.True(down == up || Math.BitIncrement(down) == up, $"{down:R} .. {up:R}");
        Assert.Equal(double.IsNegative(nearest) ? up : down, zero);
    }

    private static uint Single(string[] words, uint a, uint b, uint c)
    {
        RoundingMode mode = Mode(words);
        bool flush = words.Contains("ftz");
        bool saturate = words.Contains("sat");
        bool propagate = words.Contains("NaN");
        return words[0] switch
        {
            "add" => FloatRounding.Add(a, b, mode, flush, saturate),
            "sub" => FloatRounding.Subtract(a, b, mode, flush, saturate),
            "mul" => FloatRounding.Multiply(a, b, mode, flush, saturate),
            "fma" => FloatRounding.FusedMultiplyAdd(a, b, c, mode, flush, saturate),
            "div" => FloatRounding.Divide(a, b, mode, flush),
            "rcp" => FloatRounding.Reciprocal(a, mode, flush),
            "sqrt" => FloatRounding.Sqrt(a, mode, flush),
            "min" => FloatCompare.Min(a, b, flush, propagate),
            "max" => FloatCompare.Max(a, b, flush, propagate),
            "neg" => FloatRounding.Negate(a, flush),
            "abs" => FloatRounding.Absolute(a, flush),
            "copysign" => FloatCompare.CopySign(a, b),
            "cvt" when words[1].EndsWith('i') => Conversion.ToSingle(
                Conversion.RoundToIntegral(BitConverter.UInt32BitsToSingle(a), mode), mode, flush, saturate),
            "cvt" => Conversion.ToSingle(BitConverter.UInt32BitsToSingle(a), mode, flush, saturate),
            _ => throw new ArgumentException(words[0]),
        };
    }

    private static double Double(string[] words, double a, double b, double c)
    {
        RoundingMode mode = Mode(words);
        return words[0] switch
        {
            "add" => DoubleRounding.Add(a, b, mode),
            "sub" => DoubleRounding.Subtract(a, b, mode),
            "mul" => DoubleRounding.Multiply(a, b, mode),
            "fma" => DoubleRounding.FusedMultiplyAdd(a, b, c, mode),
            "div" => DoubleRounding.Divide(a, b, mode),
            "rcp" => DoubleRounding.Reciprocal(a, mode),
            "sqrt" => DoubleRounding.Sqrt(a, mode),
            "min" => FloatCompare.Min(a, b),
            "max" => FloatCompare.Max(a, b),
            "neg" => -a,
            "abs" => Math.Abs(a),
            "cvt" => Conversion.RoundToIntegral(a, mode),
            _ => throw new ArgumentException(words[0]),
        };
    }

    private static RoundingMode Mode(string[] words) => words[1] switch
    {
        "rz" or "rzi" => RoundingMode.TowardZero,
        "rm" or "rmi" => RoundingMode.Down,
        "rp" or "rpi" => RoundingMode.Up,
        _ => RoundingMode.NearestEven,
    };

    private static ulong Comparison(string what, uint aBits, uint bBits)
    {
        string[] words = what.Split('.');
        if (words[0] == "testp")
        {
            FloatClass property = words[1] switch
            {
                "finite" => FloatClass.Finite,
                "infinite" => FloatClass.Infinite,
                "number" => FloatClass.Number,
                "notanumber" => FloatClass.NotANumber,
                "normal" => FloatClass.Normal,
                _ => FloatClass.Subnormal,
            };
            return FloatCompare.Test(property, aBits) ? 1u : 0;
        }

        if (words.Contains("ftz"))
            (aBits, bBits) = (FloatBits.Flush(aBits), FloatBits.Flush(bBits));
        bool result = FloatCompare.Compare(Operator(words[1]), Widened(aBits), Widened(bBits));
        return words switch
        {
            ["set", _, "f32", _] => result ? 0x3f80_0000u : 0,
            ["set", ..] => result ? uint.MaxValue : 0,
            _ => result ? 1u : 0,
        };
    }

    private static double Widened(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    private static CompareOperator Operator(string word) => word switch
    {
        "eq" => CompareOperator.Equal,
        "ne" => CompareOperator.NotEqual,
        "lt" => CompareOperator.Less,
        "le" => CompareOperator.LessOrEqual,
        "gt" => CompareOperator.Greater,
        "ge" => CompareOperator.GreaterOrEqual,
        "equ" => CompareOperator.EqualOrUnordered,
        "neu" => CompareOperator.NotEqualOrUnordered,
        "ltu" => CompareOperator.LessOrUnordered,
        "leu" => CompareOperator.LessOrEqualOrUnordered,
        "gtu" => CompareOperator.GreaterOrUnordered,
        "geu" => CompareOperator.GreaterOrEqualOrUnordered,
        "num" => CompareOperator.BothNumbers,
        "nan" => CompareOperator.EitherNaN,
        _ => throw new ArgumentException(word),
    };
}
