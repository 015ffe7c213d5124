using ViCA.Native.Gpu.Emulator.Arithmetic;

namespace ViCA.Native.Tests.Emulator.Arithmetic;

/// <summary><c>cvt</c> with floats, against the instruction table and against values from the ISA's text.</summary>
public sealed class ConversionTests
{
    [Fact]
    public void Conversions_AreAsInTheTable()
    {
        InstructionTable table = InstructionTable.Load("float_cvt", "edges");
        ulong[][] inputs = [.. new[] { "F", "G", "D", "U", "V", "H" }.Select(table.Input)];
        table.Check((what, i) =>
        {
            string[] words = what.Split('.');
            float second = BitConverter.UInt32BitsToSingle((uint)inputs[1][i]);
            return words[^1] switch
            {
                "f64" => FromFloat(words, BitConverter.UInt64BitsToDouble(inputs[2][i]), 0),
                "f32" => FromFloat(words, BitConverter.UInt32BitsToSingle((uint)inputs[0][i]), second),
                "f16" => FromFloat(words, Float16Format.Widen((ushort)inputs[5][i]), 0),
                "s64" or "u64" => FromInteger(words, inputs[4][i]),
                _ => FromInteger(words, inputs[3][i]),
            };
        });
    }

    [Fact]
    public void NarrowingToHalf_KeepsToItsLimit()
    {
        Assert.Equal(0x7c00u, Narrow(1e9f, NarrowLimit.None));
        Assert.Equal(0x7bffu, Narrow(1e9f, NarrowLimit.Finite));
        Assert.Equal(0xfbffu, Narrow(-1e9f, NarrowLimit.Finite));
        Assert.Equal(0u, Narrow(-1e9f, NarrowLimit.RectifiedFinite));
        Assert.Equal(0x7fffu, Narrow(float.NaN, NarrowLimit.Finite));
        Assert.Equal(0x7fffu, Narrow(float.NaN, NarrowLimit.Rectified));
        Assert.Equal(0u, Narrow(float.NaN, NarrowLimit.Unit));
        Assert.Equal(0x3c00u, Narrow(3, NarrowLimit.Unit));

        static uint Narrow(float value, NarrowLimit limit) =>
            Conversion.ToNarrow<Float16Format>(value, RoundingMode.NearestEven, limit);
    }

    [Fact]
    public void NarrowingToTf32_KeepsTenBits()
    {
        Assert.Equal(0x3f80_2000u, Narrow(0x3f80_1000, RoundingMode.NearestAway)); // a tie
        Assert.Equal(0x3f80_0000u, Narrow(0x3f80_1000, RoundingMode.NearestEven));
        Assert.Equal(0x3f80_0000u, Narrow(0x3f80_0fff, RoundingMode.NearestAway));
        Assert.Equal(0x7f7f_e000u, Narrow(0x7f7f_ffff, RoundingMode.TowardZero));

        static uint Narrow(uint bits, RoundingMode mode) => Conversion.ToNarrow<TensorFloat32Format>(
            BitConverter.UInt32BitsToSingle(bits), mode, NarrowLimit.None);
    }

    /// <summary>The narrowing by integers, which has every mode, agrees with the short ways to nearest.</summary>
    [Fact]
    public void NarrowingToNearest_IsTheSameByBothWays()
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += 9973)
        {
            float value = BitConverter.UInt32BitsToSingle((uint)bits);
            Assert.Equal(Float16Format.Narrow(value), Nearest<Float16Format>(value));
            Assert.Equal(BFloat16Format.Narrow(value), Nearest<BFloat16Format>(value));
            Assert.Equal(FloatBits.Canonical(value), Nearest<Float32Format>(value));
        }

        static uint Nearest<TFormat>(float value)
            where TFormat : struct, IFloatFormat => Narrowing.Narrow<TFormat>(value, RoundingMode.NearestEven);
    }

    [Fact]
    public void EveryHalf_SurvivesWidening()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            ushort half = (ushort)bits;
            CheckHalf<Float16Format>(half, 0x7c00);
            CheckHalf<BFloat16Format>(half, 0x7f80);
        }

        static void CheckHalf<TFormat>(ushort half, int infinity)
            where TFormat : struct, IHalfFormat => Assert.Equal(
                (half & 0x7fff) > infinity ? (ushort)0x7fff : half, TFormat.Narrow(TFormat.Widen(half)));
    }

    private static ulong FromFloat(string[] words, double value, double second)
    {
        RoundingMode mode = Mode(words);
        bool flush = words.Contains("ftz");
        if (flush && words[^1] == "f32")
            value = FloatBits.Flush((float)value);
        string to = words[^2];
        NarrowLimit limit = words.Contains("sat") ? NarrowLimit.Unit
            : words.Contains("relu") ? NarrowLimit.Rectified
            : NarrowLimit.None;
        switch (to)
        {
            case "f16":
                return Conversion.ToNarrow<Float16Format>(value, mode, limit);
            case "bf16":
                return Conversion.ToNarrow<BFloat16Format>(value, mode, limit);
            case "tf32":
                return Conversion.ToNarrow<TensorFloat32Format>(value, mode, limit);
            case "f16x2":
                return Conversion.ToPackedHalves<Float16Format>((float)value, (float)second, mode, limit);
            case "bf16x2":
                return Conversion.ToPackedHalves<BFloat16Format>((float)value, (float)second, mode, limit);
            case "f32":
                return Conversion.ToSingle(value, mode, flush, saturate: false);
            case "f64":
                return BitConverter.DoubleToUInt64Bits(value);
        }

        int width = int.Parse(to[1..], System.Globalization.CultureInfo.InvariantCulture);
        ulong integer = Conversion.FloatToInteger(value, mode, width, to[0] == 's', words[^1] == "f64");
        return width == 64 ? integer : Conversion.Extend(integer, width == 16 ? 16 : 32, signed: false);
    }

    private static ulong FromInteger(string[] words, ulong bits)
    {
        RoundingMode mode = Mode(words);
        bool signed = words[^1][0] == 's';
        int width = int.Parse(words[^1][1..], System.Globalization.CultureInfo.InvariantCulture);
        ulong value = Conversion.Extend(bits, width, signed);
        return words[^2] switch
        {
            "f16" => Conversion.IntegerToFloat<Float16Format>(value, signed, mode),
            "f32" => Conversion.IntegerToFloat<Float32Format>(value, signed, mode),
            _ => BitConverter.DoubleToUInt64Bits(Conversion.IntegerToDouble(value, signed, mode)),
        };
    }

    private static RoundingMode Mode(string[] words) => words[1] switch
    {
        "rz" or "rzi" => RoundingMode.TowardZero,
        "rm" or "rmi" => RoundingMode.Down,
        "rp" or "rpi" => RoundingMode.Up,
        "rna" => RoundingMode.NearestAway,
        _ => RoundingMode.NearestEven,
    };
}
