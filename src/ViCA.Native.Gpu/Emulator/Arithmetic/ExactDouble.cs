namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// The exact result of an f64 operation as ± significand · 2^exponent. Where it needs more than 128 bits, the bits that
/// do not fit are jammed into the last one, far below the 53 bits that a rounding keeps.
/// </summary>
/// <param name="Negative">Sign.</param>
/// <param name="Significand">Magnitude, an integer.</param>
/// <param name="Exponent">Weight of the significand's last bit.</param>
internal readonly record struct ExactDouble(bool Negative, UInt128 Significand, int Exponent)
{
    private const int FractionBits = 52;
    private const int SmallestExponent = -1074;
    private const int LargestExponent = 971; // of the last bit of a finite f64

    public bool IsZero => Significand == UInt128.Zero;

    /// <summary>A finite number other than zero; the significand has 53 bits, denormals included.</summary>
    public static ExactDouble From(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        ulong significand = bits & ((1UL << FractionBits) - 1);
        int exponent = (int)(bits >> FractionBits) & 0x7ff;
        if (exponent != 0)
            return new((long)bits < 0, significand | (1UL << FractionBits), exponent - 1 + SmallestExponent);

        int shift = (int)ulong.LeadingZeroCount(significand) - (64 - FractionBits - 1);
        return new((long)bits < 0, significand << shift, SmallestExponent - shift);
    }

    /// <summary>The product of two finite numbers other than zero.</summary>
    public static ExactDouble Multiply(double a, double b)
    {
        ExactDouble x = From(a);
        ExactDouble y = From(b);
        return new(x.Negative != y.Negative, x.Significand * y.Significand, x.Exponent + y.Exponent);
    }

    /// <summary>The quotient of two finite numbers other than zero, to 62 bits and a jammed one.</summary>
    public static ExactDouble Divide(double a, double b)
    {
        const int ExtraBits = 62;
        ExactDouble x = From(a);
        ExactDouble y = From(b);
        (UInt128 quotient, UInt128 remainder) = UInt128.DivRem(x.Significand << ExtraBits, y.Significand);
        if (remainder != UInt128.Zero)
            quotient |= 1;
        return new(x.Negative != y.Negative, quotient, x.Exponent - ExtraBits - y.Exponent);
    }

    /// <summary>The sum of a product (105 or 106 bits) and a number (53 bits).</summary>
    public static ExactDouble Add(ExactDouble product, ExactDouble addend)
    {
        // Both fit below bit 127 when moved up this far; terms further apart than that cannot cancel.
        const int ProductRoom = 127 - 106;
        const int AddendRoom = 127 - 53;
        int distance = addend.Exponent - product.Exponent;
        (UInt128 p, UInt128 c, int exponent) = distance >= 0
            ? (Jam(product.Significand, distance - AddendRoom),
                addend.Significand << Math.Min(distance, AddendRoom),
                addend.Exponent - Math.Min(distance, AddendRoom))
            : (product.Significand << Math.Min(-distance, ProductRoom),
                Jam(addend.Significand, -distance - ProductRoom),
                product.Exponent - Math.Min(-distance, ProductRoom));

        if (product.Negative == addend.Negative)
            return new(product.Negative, p + c, exponent);
        return p >= c ? new(product.Negative, p - c, exponent) : new(addend.Negative, c - p, exponent);
    }

    /// <summary>The nearest f64 in the direction of <paramref name="mode"/>; the number is not zero.</summary>
    public double Round(RoundingMode mode)
    {
        int top = 127 - (int)UInt128.LeadingZeroCount(Significand);
        int exponent = Math.Max(Exponent + top - FractionBits, SmallestExponent);
        int shift = exponent - Exponent;
        ulong kept;
        if (shift <= 0)
        {
            kept = (ulong)(Significand << -shift);
        }
        else
        {
            // Two bits stand for the rest: half of the last kept bit, and whether anything lies below it.
            UInt128 jammed = Jam(Significand, shift - 2);
            if (shift == 1)
                jammed <<= 1;
            kept = (ulong)(jammed >> 2);
            if (Narrowing.RoundsUp(mode, Negative, (kept & 1) != 0, (ulong)jammed & 3, 2))
                kept++;
        }

        ulong magnitude = exponent > LargestExponent
            ? ulong.MaxValue
            : ((ulong)(exponent - SmallestExponent) << FractionBits) + kept;
        const ulong Infinity = 0x7ff0_0000_0000_0000;
        if (magnitude >= Infinity)
            magnitude = Narrowing.OverflowsToInfinity(mode, Negative) ? Infinity : Infinity - 1;
        return BitConverter.UInt64BitsToDouble(magnitude | (Negative ? 1UL << 63 : 0));
    }

    /// <summary>The value without its last bits; if one of them was set, the last bit that stays is.</summary>
    private static UInt128 Jam(UInt128 value, int bits)
    {
        if (bits <= 0)
            return value;
        if (bits > 127)
            return value == UInt128.Zero ? UInt128.Zero : UInt128.One;
        UInt128 kept = value >> bits;
        return kept << bits == value ? kept : kept | UInt128.One;
    }
}
