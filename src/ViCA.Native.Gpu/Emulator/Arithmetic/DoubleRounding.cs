namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// f64 arithmetic, correctly rounded in every direction (PTX ISA, "Floating Point Instructions": add, sub, mul, fma,
/// mad, div, rcp, sqrt). To nearest it is the processor's; the directed roundings go through exact integers.
/// </summary>
internal static class DoubleRounding
{
    /// <summary>a + b.</summary>
    public static double Add(double a, double b, RoundingMode mode) =>
        mode == RoundingMode.NearestEven ? a + b : FusedMultiplyAdd(a, 1, b, mode);

    /// <summary>a - b.</summary>
    public static double Subtract(double a, double b, RoundingMode mode) => Add(a, -b, mode);

    /// <summary>a · b.</summary>
    public static double Multiply(double a, double b, RoundingMode mode)
    {
        double nearest = a * b;
        if (mode == RoundingMode.NearestEven || !double.IsFinite(a) || !double.IsFinite(b) || a == 0 || b == 0)
            return nearest;
        return ExactDouble.Multiply(a, b).Round(mode);
    }

    /// <summary>a · b + c, rounded once.</summary>
    public static double FusedMultiplyAdd(double a, double b, double c, RoundingMode mode)
    {
        double nearest = Math.FusedMultiplyAdd(a, b, c);
        if (mode == RoundingMode.NearestEven || !double.IsFinite(a) || !double.IsFinite(b) || !double.IsFinite(c))
            return nearest;
        if (a == 0 || b == 0)
            return c == 0 ? ZeroSum(a * b, c, mode) : c;
        if (c == 0)
            return ExactDouble.Multiply(a, b).Round(mode);
        ExactDouble sum = ExactDouble.Add(ExactDouble.Multiply(a, b), ExactDouble.From(c));
        return sum.IsZero ? ZeroSum(1, -1, mode) : sum.Round(mode);
    }

    /// <summary>a / b.</summary>
    public static double Divide(double a, double b, RoundingMode mode)
    {
        double nearest = a / b;
        if (mode == RoundingMode.NearestEven || !double.IsFinite(a) || !double.IsFinite(b) || a == 0 || b == 0)
            return nearest;
        return ExactDouble.Divide(a, b).Round(mode);
    }

    /// <summary>1 / a.</summary>
    public static double Reciprocal(double a, RoundingMode mode) => Divide(1, a, mode);

    /// <summary>The square root of a.</summary>
    public static double Sqrt(double a, RoundingMode mode)
    {
        double nearest = Math.Sqrt(a);
        if (mode == RoundingMode.NearestEven || !double.IsFinite(nearest) || a == 0)
            return nearest;

        // Near 1 the remainder is exact; the scale is a power of four.
        int scale = Math.ILogB(a) & ~1;
        double scaled = Math.ScaleB(a, -scale);
        double root = Math.Sqrt(scaled);
        double remainder = Math.FusedMultiplyAdd(-root, root, scaled);
        if (remainder < 0 && mode is (RoundingMode.TowardZero or RoundingMode.Down))
            root = Math.BitDecrement(root);
        if (remainder > 0 && mode == RoundingMode.Up)
            root = Math.BitIncrement(root);
        return Math.ScaleB(root, scale / 2);
    }

    /// <summary>The integer ±<paramref name="magnitude"/>, rounded.</summary>
    public static double FromInteger(bool negative, ulong magnitude, RoundingMode mode) =>
        magnitude == 0 ? 0 : new ExactDouble(negative, magnitude, 0).Round(mode);

    /// <summary>The sum of two terms that cancel: a zero that is negative when rounding down.</summary>
    private static double ZeroSum(double a, double b, RoundingMode mode)
    {
        bool bothNegative = double.IsNegative(a) && double.IsNegative(b);
        bool oneNegative = double.IsNegative(a) || double.IsNegative(b);
        return bothNegative || (mode == RoundingMode.Down && oneNegative) ? -0.0 : 0.0;
    }
}
