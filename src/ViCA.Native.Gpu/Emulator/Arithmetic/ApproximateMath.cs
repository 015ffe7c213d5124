using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// The approximate functions (PTX ISA: ex2, lg2, rcp, rsqrt, sqrt, sin, cos, tanh, div with <c>.approx</c> or
/// <c>.full</c>), more exact than the ISA asks: within 1 ulp of the true value. <c>flush</c> is <c>.ftz</c>.
/// </summary>
internal static class ApproximateMath
{
    /// <summary><c>ex2.approx{.ftz}.f32</c>.</summary>
    public static uint Exp2(uint a, bool flush) => Finish(Exp2(Operand(a, flush)), flush);

    /// <summary><c>lg2.approx{.ftz}.f32</c>.</summary>
    public static uint Log2(uint a, bool flush) => Finish((float)Math.Log2(Operand(a, flush)), flush);

    /// <summary><c>rcp.approx{.ftz}.f32</c>.</summary>
    public static uint Reciprocal(uint a, bool flush) => Finish(1 / Operand(a, flush), flush);

    /// <summary><c>rsqrt.approx{.ftz}.f32</c>.</summary>
    public static uint ReciprocalSqrt(uint a, bool flush) => Finish(1 / MathF.Sqrt(Operand(a, flush)), flush);

    /// <summary><c>sqrt.approx{.ftz}.f32</c>.</summary>
    public static uint Sqrt(uint a, bool flush) => Finish(MathF.Sqrt(Operand(a, flush)), flush);

    /// <summary><c>sin.approx{.ftz}.f32</c>.</summary>
    public static uint Sin(uint a, bool flush) => Finish((float)Math.Sin(Operand(a, flush)), flush);

    /// <summary><c>cos.approx{.ftz}.f32</c>.</summary>
    public static uint Cos(uint a, bool flush) => Finish((float)Math.Cos(Operand(a, flush)), flush);

    /// <summary><c>tanh.approx.f32</c>.</summary>
    public static uint Tanh(uint a) => Finish((float)Math.Tanh(Operand(a, flush: false)), flush: false);

    /// <summary><c>ex2.approx{.ftz}.{f16, bf16}</c>.</summary>
    public static ushort Exp2<TFormat>(ushort a, bool flush)
        where TFormat : struct, IHalfFormat
    {
        ushort result = TFormat.Narrow(Exp2(HalfMath.Operand<TFormat>(a, flush)));
        return flush ? HalfMath.Flush<TFormat>(result) : result;
    }

    /// <summary><c>tanh.approx.{f16, bf16}</c>.</summary>
    public static ushort Tanh<TFormat>(ushort a)
        where TFormat : struct, IHalfFormat => TFormat.Narrow((float)Math.Tanh(TFormat.Widen(a)));

    /// <summary><c>div.full{.ftz}.f32</c>.</summary>
    public static uint DivideFull(uint a, uint b, bool flush) => Finish(Operand(a, flush) / Operand(b, flush), flush);

    /// <summary>
    /// <c>div.approx{.ftz}.f32</c>: as a · (1 / b), so that a divisor beyond 2^126 gives 0, or NaN for an infinite a.
    /// </summary>
    public static uint Divide(uint a, uint b, bool flush)
    {
        const float LargestDivisor = 8.507059e37f; // 2^126
        float divisor = Operand(b, flush);
        if (MathF.Abs(divisor) > LargestDivisor && float.IsFinite(divisor))
            return Finish(Operand(a, flush) * MathF.CopySign(0, divisor), flush);
        return DivideFull(a, b, flush);
    }

    /// <summary>
    /// <c>rcp.approx.ftz.f64</c>: from the upper word of the operand, the upper word of the result; the lower is zero.
    /// </summary>
    public static double Reciprocal(double a) => UpperWord(1 / FlushedUpperWord(a));

    /// <summary>
    /// <c>rsqrt.approx.f64</c>; with <c>.ftz</c>, from the operand's upper word, the result's upper word.
    /// </summary>
    public static double ReciprocalSqrt(double a, bool flush) =>
        flush ? UpperWord(1 / Math.Sqrt(FlushedUpperWord(a))) : 1 / Math.Sqrt(a);

    /// <summary>2^x within 1 ulp; exact for integers; denormal results included.</summary>
    private static float Exp2(float x)
    {
        if (float.IsNaN(x))
            return x;
        x = Math.Min(Math.Max(x, Exp2Polynomial.Lowest), Exp2Polynomial.Highest);
        float shifted = x + Exp2Polynomial.RoundingShift;
        int exponent = BitConverter.SingleToInt32Bits(shifted)
            - BitConverter.SingleToInt32Bits(Exp2Polynomial.RoundingShift);
        float f = x - (shifted - Exp2Polynomial.RoundingShift);

        float p = MathF.FusedMultiplyAdd(Exp2Polynomial.C6, f, Exp2Polynomial.C5);
        p = MathF.FusedMultiplyAdd(p, f, Exp2Polynomial.C4);
        p = MathF.FusedMultiplyAdd(p, f, Exp2Polynomial.C3);
        p = MathF.FusedMultiplyAdd(p, f, Exp2Polynomial.C2);
        p = MathF.FusedMultiplyAdd(p, f, Exp2Polynomial.C1);
        p = MathF.FusedMultiplyAdd(p, f, 1);

        // In two steps, since one factor would overflow or be denormal where the result is not.
        int half = exponent >> 1;
        return p * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    private static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Operand(uint bits, bool flush) =>
        BitConverter.UInt32BitsToSingle(flush ? FloatBits.Flush(bits) : bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Finish(float value, bool flush) =>
        FloatBits.Finish(FloatBits.Canonical(value), flush, saturate: false);

    private static double FlushedUpperWord(double value)
    {
        double upper = UpperWord(value);
        return double.IsSubnormal(upper) ? Math.CopySign(0, upper) : upper;
    }

    private static double UpperWord(double value) => double.IsNaN(value)
        ? value
        : BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(value) & 0xffff_ffff_0000_0000);
}
