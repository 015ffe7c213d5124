namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// f32 arithmetic on bit patterns, correctly rounded in every direction (PTX ISA, "Floating Point Instructions":
/// add, sub, mul, fma, mad, div, rcp, sqrt). <c>flush</c> is <c>.ftz</c>, <c>saturate</c> is <c>.sat</c>. NaN results
/// are <see cref="FloatBits.CanonicalNaN"/>.
/// </summary>
internal static class FloatRounding
{
    private const uint One = 0x3f80_0000;

    /// <summary>a + b.</summary>
    public static uint Add(uint a, uint b, RoundingMode mode, bool flush, bool saturate)
    {
        float x = Operand(a, flush);
        float y = Operand(b, flush);
        uint result = mode == RoundingMode.NearestEven
            ? FloatBits.Canonical(x + y)
            : Narrow(WithZeroSign(RoundToOdd.Add(x, y), x, y, mode), mode);
        return FloatBits.Finish(result, flush, saturate);
    }

    /// <summary>a - b.</summary>
    public static uint Subtract(uint a, uint b, RoundingMode mode, bool flush, bool saturate) =>
        Add(a, b ^ FloatBits.SignBit, mode, flush, saturate);

    /// <summary>a · b.</summary>
    public static uint Multiply(uint a, uint b, RoundingMode mode, bool flush, bool saturate)
    {
        float x = Operand(a, flush);
        float y = Operand(b, flush);
        uint result = mode == RoundingMode.NearestEven ? FloatBits.Canonical(x * y) : Narrow((double)x * y, mode);
        return FloatBits.Finish(result, flush, saturate);
    }

    /// <summary>a · b + c, rounded once.</summary>
    public static uint FusedMultiplyAdd(uint a, uint b, uint c, RoundingMode mode, bool flush, bool saturate)
    {
        float x = Operand(a, flush);
        float y = Operand(b, flush);
        float z = Operand(c, flush);
        uint result = mode == RoundingMode.NearestEven
            ? FloatBits.Canonical(MathF.FusedMultiplyAdd(x, y, z))
            : Narrow(WithZeroSign(RoundToOdd.FusedMultiplyAdd(x, y, z), (double)x * y, z, mode), mode);
        return FloatBits.Finish(result, flush, saturate);
    }

    /// <summary>a / b.</summary>
    public static uint Divide(uint a, uint b, RoundingMode mode, bool flush)
    {
        float x = Operand(a, flush);
        float y = Operand(b, flush);
        uint result = mode == RoundingMode.NearestEven
            ? FloatBits.Canonical(x / y)
            : Narrow(RoundToOdd.Divide(x, y), mode);
        return FloatBits.Finish(result, flush, saturate: false);
    }

    /// <summary>1 / a.</summary>
    public static uint Reciprocal(uint a, RoundingMode mode, bool flush) => Divide(One, a, mode, flush);

    /// <summary>The square root of a.</summary>
    public static uint Sqrt(uint a, RoundingMode mode, bool flush)
    {
        float x = Operand(a, flush);
        uint result = mode == RoundingMode.NearestEven
            ? FloatBits.Canonical(MathF.Sqrt(x))
            : Narrow(RoundToOdd.Sqrt(x), mode);
        return FloatBits.Finish(result, flush, saturate: false);
    }

    /// <summary>-a; a NaN stays one.</summary>
    public static uint Negate(uint a, bool flush) => (flush ? FloatBits.Flush(a) : a) ^ FloatBits.SignBit;

    /// <summary>|a|; a NaN stays one.</summary>
    public static uint Absolute(uint a, bool flush) => (flush ? FloatBits.Flush(a) : a) & ~FloatBits.SignBit;

    private static float Operand(uint bits, bool flush) =>
        BitConverter.UInt32BitsToSingle(flush ? FloatBits.Flush(bits) : bits);

    private static uint Narrow(double value, RoundingMode mode) => Narrowing.Narrow<Float32Format>(value, mode);

    /// <summary>Terms that cancel give -0 when rounding down, where f64's rounding to nearest gave +0.</summary>
    private static double WithZeroSign(double sum, double a, double b, RoundingMode mode) =>
        sum == 0 && mode == RoundingMode.Down && (double.IsNegative(a) || double.IsNegative(b)) ? -0.0 : sum;
}
