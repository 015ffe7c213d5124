using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>Rounding of an f64 to a narrower format, in every direction.</summary>
internal static class Narrowing
{
    private const int DoubleFractionBits = 52;
    private const int DoubleBias = 1023;

    /// <summary>
    /// The bits of <paramref name="value"/> in <typeparamref name="TFormat"/>, denormals included. Beyond the range:
    /// an infinity, or the largest finite number where the mode rounds towards zero. NaN gives the canonical NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Narrow<TFormat>(double value, RoundingMode mode)
        where TFormat : struct, IFloatFormat
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        bool negative = (long)bits < 0;
        int exponentField = (int)(bits >> DoubleFractionBits) & 0x7ff;
        ulong significand = bits & ((1UL << DoubleFractionBits) - 1);
        uint infinity = ((1u << TFormat.ExponentBits) - 1) << TFormat.FractionBits;

        if (exponentField == 0x7ff)
            return significand != 0 ? TFormat.CanonicalNaN : Encode<TFormat>(infinity, negative);

        if (exponentField != 0)
            significand |= 1UL << DoubleFractionBits;
        int bias = (1 << (TFormat.ExponentBits - 1)) - 1;
        int exponent = Math.Max(exponentField, 1) - DoubleBias + bias; // as the narrow format encodes it
        int clamped = Math.Max(exponent, 1);
        int shift = Math.Min(DoubleFractionBits - TFormat.FractionBits + clamped - exponent, DoubleFractionBits + 3);

        ulong kept = significand >> shift;
        ulong remainder = significand & ((1UL << shift) - 1);
        if (RoundsUp(mode, negative, (kept & 1) != 0, remainder, 1UL << (shift - 1)))
            kept++;

        // The hidden bit, where there is one, and a carry out of the significand count the exponent up.
        ulong magnitude = ((ulong)(clamped - 1) << TFormat.FractionBits) + kept;
        if (magnitude >= infinity)
            magnitude = OverflowsToInfinity(mode, negative) ? infinity : infinity - 1;
        return Encode<TFormat>((uint)magnitude, negative);
    }

    /// <summary>Whether a magnitude whose last kept bit is <paramref name="odd"/> is rounded away from zero.</summary>
    /// <param name="mode">The rounding.</param>
    /// <param name="negative">Sign of the number.</param>
    /// <param name="odd">The last bit that is kept.</param>
    /// <param name="remainder">The bits that go.</param>
    /// <param name="half">The value of <paramref name="remainder"/> that is a tie.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool RoundsUp(RoundingMode mode, bool negative, bool odd, ulong remainder, ulong half) => mode switch
    {
        RoundingMode.NearestEven => remainder > half || (remainder == half && odd),
        RoundingMode.NearestAway => remainder >= half,
        RoundingMode.Down => negative && remainder != 0,
        RoundingMode.Up => !negative && remainder != 0,
        _ => false,
    };

    /// <summary>Whether a finite number beyond the range becomes an infinity instead of the largest number.</summary>
    public static bool OverflowsToInfinity(RoundingMode mode, bool negative) => mode switch
    {
        RoundingMode.TowardZero => false,
        RoundingMode.Down => negative,
        RoundingMode.Up => !negative,
        _ => true,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Encode<TFormat>(uint magnitude, bool negative)
        where TFormat : struct, IFloatFormat
    {
        uint sign = negative ? 1u << (TFormat.ExponentBits + TFormat.FractionBits) : 0;
        return (sign | magnitude) << TFormat.PaddingBits;
    }
}
