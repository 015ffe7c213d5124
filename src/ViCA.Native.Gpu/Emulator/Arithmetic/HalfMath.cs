namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// f16 and bf16 arithmetic on bit patterns (PTX ISA, "Half Precision Floating-Point Instructions"), rounded once, to
/// nearest even. <c>flush</c> is <c>.ftz</c>; <see cref="NarrowLimit"/> stands for <c>.sat</c> and <c>.relu</c>.
/// </summary>
internal static class HalfMath
{
    private const ushort SignBit = 0x8000;

    /// <summary>a + b.</summary>
    public static ushort Add<TFormat>(ushort a, ushort b, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat =>
        Finish<TFormat>(TFormat.Narrow(Operand<TFormat>(a, flush) + Operand<TFormat>(b, flush)), flush, limit);

    /// <summary>a - b.</summary>
    public static ushort Subtract<TFormat>(ushort a, ushort b, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat =>
        Finish<TFormat>(TFormat.Narrow(Operand<TFormat>(a, flush) - Operand<TFormat>(b, flush)), flush, limit);

    /// <summary>a · b.</summary>
    public static ushort Multiply<TFormat>(ushort a, ushort b, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat
    {
        // Exact in f64; in f32 a bf16 product could be rounded twice where it is denormal.
        double product = (double)Operand<TFormat>(a, flush) * Operand<TFormat>(b, flush);
        return Finish<TFormat>(Round<TFormat>(product), flush, limit);
    }

    /// <summary>a · b + c.</summary>
    public static ushort FusedMultiplyAdd<TFormat>(ushort a, ushort b, ushort c, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat
    {
        double sum = RoundToOdd.FusedMultiplyAdd(
            Operand<TFormat>(a, flush), Operand<TFormat>(b, flush), Operand<TFormat>(c, flush));
        return Finish<TFormat>(Round<TFormat>(sum), flush, limit);
    }

    /// <summary>
    /// <c>min{.ftz}{.NaN}{.xorsign.abs}</c>: the other operand when one is NaN, unless <paramref name="propagate"/>;
    /// -0 is less than +0.
    /// </summary>
    public static ushort Min<TFormat>(ushort a, ushort b, bool flush, bool propagate, bool xorSign = false)
        where TFormat : struct, IHalfFormat =>
        Exact<TFormat>(FloatCompare.Min(
            WidenedBits<TFormat>(a, flush), WidenedBits<TFormat>(b, flush), flush: false, propagate, xorSign));

    /// <summary><c>max</c>; see <see cref="Min{TFormat}"/>.</summary>
    public static ushort Max<TFormat>(ushort a, ushort b, bool flush, bool propagate, bool xorSign = false)
        where TFormat : struct, IHalfFormat =>
        Exact<TFormat>(FloatCompare.Max(
            WidenedBits<TFormat>(a, flush), WidenedBits<TFormat>(b, flush), flush: false, propagate, xorSign));

    /// <summary>-a; a NaN stays one.</summary>
    public static ushort Negate<TFormat>(ushort a, bool flush)
        where TFormat : struct, IHalfFormat => (ushort)((flush ? Flush<TFormat>(a) : a) ^ SignBit);

    /// <summary>|a|; a NaN stays one.</summary>
    public static ushort Absolute<TFormat>(ushort a, bool flush)
        where TFormat : struct, IHalfFormat => (ushort)((flush ? Flush<TFormat>(a) : a) & ~SignBit);

    /// <summary>The predicate of <c>setp.OP{.ftz}</c>.</summary>
    public static bool Compare<TFormat>(CompareOperator comparison, ushort a, ushort b, bool flush)
        where TFormat : struct, IHalfFormat =>
        FloatCompare.Compare(comparison, Operand<TFormat>(a, flush), Operand<TFormat>(b, flush));

    /// <summary><c>.ftz</c>: a denormal becomes the zero of its sign, anything else stays.</summary>
    public static ushort Flush<TFormat>(ushort bits)
        where TFormat : struct, IHalfFormat =>
        (bits & ~SignBit) < (1 << TFormat.FractionBits) ? (ushort)(bits & SignBit) : bits;

    /// <summary>The value as f32, after <c>.ftz</c>.</summary>
    public static float Operand<TFormat>(ushort bits, bool flush)
        where TFormat : struct, IHalfFormat => TFormat.Widen(flush ? Flush<TFormat>(bits) : bits);

    private static uint WidenedBits<TFormat>(ushort bits, bool flush)
        where TFormat : struct, IHalfFormat => BitConverter.SingleToUInt32Bits(Operand<TFormat>(bits, flush));

    private static ushort Exact<TFormat>(uint widened)
        where TFormat : struct, IHalfFormat => TFormat.Narrow(BitConverter.UInt32BitsToSingle(widened));

    private static ushort Round<TFormat>(double value)
        where TFormat : struct, IHalfFormat => (ushort)Narrowing.Narrow<TFormat>(value, RoundingMode.NearestEven);

    private static ushort Finish<TFormat>(ushort bits, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat
    {
        if (flush)
            bits = Flush<TFormat>(bits);
        bool isNaN = bits == TFormat.CanonicalNaN;
        return limit switch
        {
            NarrowLimit.Unit => isNaN || (bits & SignBit) != 0 ? (ushort)0 : Math.Min(bits, TFormat.One),
            NarrowLimit.Rectified => (bits & SignBit) != 0 ? (ushort)0 : bits,
            _ => bits,
        };
    }
}
