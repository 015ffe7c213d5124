using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// <c>cvt</c> (PTX ISA, "cvt"). Integers travel as 64 bits: read by the source type, and returned extended by the
/// destination type (signed results sign-extended), so that a caller keeps as many bits as its register has.
/// </summary>
internal static class Conversion
{
    /// <summary>The low <paramref name="width"/> bits as an integer of the type, extended to 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Extend(ulong bits, int width, bool signed)
    {
        int unused = 64 - width;
        return signed ? (ulong)((long)(bits << unused) >> unused) : bits << unused >> unused;
    }

    /// <summary>
    /// <c>cvt{.sat}.dtype.atype</c> among integers. Without <paramref name="saturate"/> the value is truncated.
    /// </summary>
    public static ulong IntegerToInteger(
        ulong bits, int fromWidth, bool fromSigned, int toWidth, bool toSigned, bool saturate)
    {
        ulong value = Extend(bits, fromWidth, fromSigned);
        if (!saturate)
            return Extend(value, toWidth, toSigned);

        ulong largest = ulong.MaxValue >> (64 - toWidth + (toSigned ? 1 : 0));
        if (!fromSigned || (long)value >= 0)
            return Math.Min(value, largest);
        return toSigned ? (ulong)Math.Max((long)value, ~(long)largest) : 0;
    }

    /// <summary>
    /// <c>cvt.rXi{.ftz}.dtype.ftype</c>: rounded to an integral value, then clamped to the destination's range. NaN
    /// gives 0, or 1 &lt;&lt; (width - 1) when the source is f64 or the destination has 64 bits.
    /// </summary>
    /// <param name="value">The float, widened and flushed as the instruction asks.</param>
    /// <param name="mode">Direction of the rounding.</param>
    /// <param name="width">8, 16, 32 or 64.</param>
    /// <param name="signed">Type of the destination.</param>
    /// <param name="fromDouble">Whether the source is <c>.f64</c>.</param>
    public static ulong FloatToInteger(double value, RoundingMode mode, int width, bool signed, bool fromDouble)
    {
        if (double.IsNaN(value))
            return fromDouble || width == 64 ? Extend(1UL << (width - 1), width, signed) : 0;

        double integral = RoundToIntegral(value, mode);
        if (signed)
        {
            long high = long.MaxValue >> (64 - width);
            if (integral >= Math.ScaleB(1, width - 1))
                return (ulong)high;
            return integral < -Math.ScaleB(1, width - 1) ? (ulong)~high : (ulong)(long)integral;
        }

        if (integral >= Math.ScaleB(1, width))
            return ulong.MaxValue >> (64 - width);
        return integral <= 0 ? 0 : (ulong)integral;
    }

    /// <summary>The result of <c>.rni</c>, <c>.rzi</c>, <c>.rmi</c>, <c>.rpi</c>; zeros keep their sign.</summary>
    public static double RoundToIntegral(double value, RoundingMode mode) => mode switch
    {
        RoundingMode.NearestEven => Math.Round(value, MidpointRounding.ToEven),
        RoundingMode.TowardZero => Math.Truncate(value),
        RoundingMode.Down => Math.Floor(value),
        RoundingMode.Up => Math.Ceiling(value),
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };

    /// <summary><c>cvt.rX.ftype.itype</c> to a format of at most 32 bits.</summary>
    /// <param name="value">The integer, extended to 64 bits by its own type.</param>
    /// <param name="signed">Whether the source type is signed.</param>
    /// <param name="mode">Direction of the rounding.</param>
    public static uint IntegerToFloat<TFormat>(ulong value, bool signed, RoundingMode mode)
        where TFormat : struct, IFloatFormat
    {
        (bool negative, ulong magnitude) = SignAndMagnitude(value, signed);
        double exact = RoundToOdd.FromInteger(magnitude);
        return Narrowing.Narrow<TFormat>(negative ? -exact : exact, mode);
    }

    /// <summary><c>cvt.rX.f64.itype</c>; the integer is extended to 64 bits by its own type.</summary>
    public static double IntegerToDouble(ulong value, bool signed, RoundingMode mode)
    {
        (bool negative, ulong magnitude) = SignAndMagnitude(value, signed);
        return DoubleRounding.FromInteger(negative, magnitude, mode);
    }

    /// <summary>
    /// <c>cvt{.rX}{.ftz}{.sat}.f32.ftype</c>: f16, bf16, f32 and f64 sources, widened. With <c>.ftz</c> a denormal f32
    /// source counts as zero (the caller flushes it) and a denormal result becomes zero.
    /// </summary>
    public static uint ToSingle(double value, RoundingMode mode, bool flush, bool saturate) =>
        FloatBits.Finish(Narrowing.Narrow<Float32Format>(value, mode), flush, saturate);

    /// <summary>
    /// <c>cvt.rX{.relu}{.satfinite}{.sat}.{f16, bf16, tf32}.ftype</c>.
    /// </summary>
    /// <param name="value">The source, widened.</param>
    /// <param name="mode">Direction of the rounding.</param>
    /// <param name="limit">What happens to values outside a range.</param>
    public static uint ToNarrow<TFormat>(double value, RoundingMode mode, NarrowLimit limit)
        where TFormat : struct, IFloatFormat
    {
        switch (limit)
        {
            case NarrowLimit.Unit:
                value = value > 0 ? Math.Min(value, 1) : 0;
                break;
            case NarrowLimit.Rectified or NarrowLimit.RectifiedFinite when value < 0:
                value = 0;
                break;
        }

        uint result = Narrowing.Narrow<TFormat>(value, mode);
        if (limit is not (NarrowLimit.Finite or NarrowLimit.RectifiedFinite) || double.IsNaN(value))
            return result;
        uint sign = 1u << (TFormat.ExponentBits + TFormat.FractionBits + TFormat.PaddingBits);
        uint infinity = ((1u << TFormat.ExponentBits) - 1) << (TFormat.FractionBits + TFormat.PaddingBits);
        return (result & ~sign) == infinity ? result - (1u << TFormat.PaddingBits) : result;
    }

    /// <summary><c>cvt.rX{.relu}{.satfinite}.{f16x2, bf16x2}.f32 d, a, b</c>: a goes to the upper half.</summary>
    public static uint ToPackedHalves<TFormat>(float a, float b, RoundingMode mode, NarrowLimit limit)
        where TFormat : struct, IHalfFormat =>
        (ToNarrow<TFormat>(a, mode, limit) << 16) | ToNarrow<TFormat>(b, mode, limit);

    private static (bool Negative, ulong Magnitude) SignAndMagnitude(ulong value, bool signed)
    {
        bool negative = signed && (long)value < 0;
        return (negative, negative ? 0 - value : value);
    }
}
