using System.Numerics;
using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// Arithmetic on operands of at most 24 significant bits, in f64 and rounded to odd: an inexact result has its last bit
/// set. A second rounding to 51 bits or fewer, in any direction, is then the same as one rounding of the exact result
/// (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd").
/// </summary>
internal static class RoundToOdd
{
    /// <summary>a + b for any finite f64 operands whose sum does not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double a, double b)
    {
        double sum = a + b;
        double bPart = sum - a;
        return Adjust(sum, (a - (sum - bPart)) + (b - bPart));
    }

    /// <summary>a · b + c; the product of two f32 is exact in f64, and so are its exponents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAdd(float a, float b, float c) => Add((double)a * b, c);

    /// <summary>a / b.</summary>
    public static double Divide(float a, float b)
    {
        double quotient = (double)a / b;
        double remainder = Math.FusedMultiplyAdd(-quotient, b, a);
        return Adjust(quotient, b < 0 ? -remainder : remainder);
    }

    /// <summary>The square root of a.</summary>
    public static double Sqrt(float a)
    {
        double root = Math.Sqrt(a);
        return Adjust(root, Math.FusedMultiplyAdd(-root, root, a));
    }

    /// <summary>The integer, rounded to odd.</summary>
    public static double FromInteger(ulong magnitude)
    {
        int excess = Math.Max(0, 64 - 53 - BitOperations.LeadingZeroCount(magnitude));
        ulong kept = magnitude >> excess << excess;
        return kept == magnitude ? magnitude : (double)(kept | (1UL << excess));
    }

    /// <summary>Moves a result that was rounded to nearest to its odd neighbour, if it was inexact.</summary>
    /// <param name="rounded">The result, rounded to nearest.</param>
    /// <param name="error">Any number with the sign of (exact - rounded); zero when exact.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Adjust(double rounded, double error)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(rounded);
        if (error == 0 || (bits & 1) != 0 || rounded == 0 || !double.IsFinite(rounded))
            return rounded;
        return BitConverter.UInt64BitsToDouble(error > 0 == rounded > 0 ? bits + 1 : bits - 1);
    }
}
