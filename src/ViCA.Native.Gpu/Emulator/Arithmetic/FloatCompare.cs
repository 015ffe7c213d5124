using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// Comparisons, minima and maxima, <c>testp</c> and <c>copysign</c> (PTX ISA, "Comparison and Selection Instructions",
/// "min", "max", "testp", "copysign"). Values narrower than f64 are widened by the caller, which changes no order.
/// </summary>
internal static class FloatCompare
{
    private const uint MagnitudeMask = 0x7fff_ffff;
    private const uint Infinity = 0x7f80_0000;
    private const uint SmallestNormal = 0x0080_0000;

    /// <summary>The predicate of <c>setp.OP</c> on floats; +0 equals -0.</summary>
    public static bool Compare(CompareOperator comparison, double a, double b) => comparison switch
    {
        CompareOperator.Equal => a == b,
        CompareOperator.NotEqual => a < b || a > b,
        CompareOperator.Less => a < b,
        CompareOperator.LessOrEqual => a <= b,
        CompareOperator.Greater => a > b,
        CompareOperator.GreaterOrEqual => a >= b,
        CompareOperator.EqualOrUnordered => !(a < b || a > b),
        CompareOperator.NotEqualOrUnordered => a != b,
        CompareOperator.LessOrUnordered => !(a >= b),
        CompareOperator.LessOrEqualOrUnordered => !(a > b),
        CompareOperator.GreaterOrUnordered => !(a <= b),
        CompareOperator.GreaterOrEqualOrUnordered => !(a < b),
        CompareOperator.BothNumbers => !double.IsNaN(a) && !double.IsNaN(b),
        CompareOperator.EitherNaN => double.IsNaN(a) || double.IsNaN(b),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    /// <summary>The predicate of <c>setp.OP</c> on signed integers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The operator is one of floats only.</exception>
    public static bool Compare(CompareOperator comparison, long a, long b) => comparison switch
    {
        CompareOperator.Equal => a == b,
        CompareOperator.NotEqual => a != b,
        CompareOperator.Less => a < b,
        CompareOperator.LessOrEqual => a <= b,
        CompareOperator.Greater => a > b,
        CompareOperator.GreaterOrEqual => a >= b,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    /// <summary>The predicate of <c>setp.OP</c> on unsigned integers and untyped bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The operator is one of floats only.</exception>
    public static bool Compare(CompareOperator comparison, ulong a, ulong b) => comparison switch
    {
        CompareOperator.Equal => a == b,
        CompareOperator.NotEqual => a != b,
        CompareOperator.Less => a < b,
        CompareOperator.LessOrEqual => a <= b,
        CompareOperator.Greater => a > b,
        CompareOperator.GreaterOrEqual => a >= b,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    /// <summary>
    /// <c>min{.ftz}{.NaN}{.xorsign.abs}.f32</c>: the other operand when one is NaN, unless <paramref name="propagate"/>
    /// (<c>.NaN</c>); -0 is less than +0.
    /// </summary>
    public static uint Min(uint a, uint b, bool flush, bool propagate, bool xorSign = false) =>
        Select(a, b, flush, propagate, xorSign, larger: false);

    /// <summary><c>max{.ftz}{.NaN}{.xorsign.abs}.f32</c>; as <see cref="Min(uint, uint, bool, bool, bool)"/>.</summary>
    public static uint Max(uint a, uint b, bool flush, bool propagate, bool xorSign = false) =>
        Select(a, b, flush, propagate, xorSign, larger: true);

    /// <summary><c>min.f64</c>: the other operand when one is NaN; -0 is less than +0.</summary>
    public static double Min(double a, double b) => double.MinNumber(a, b);

    /// <summary><c>max.f64</c>: the other operand when one is NaN; -0 is less than +0.</summary>
    public static double Max(double a, double b) => double.MaxNumber(a, b);

    /// <summary><c>testp.PROPERTY.f32</c>.</summary>
    public static bool Test(FloatClass property, uint bits)
    {
        uint magnitude = bits & MagnitudeMask;
        return property switch
        {
            FloatClass.Finite => magnitude < Infinity,
            FloatClass.Infinite => magnitude == Infinity,
            FloatClass.Number => magnitude <= Infinity,
            FloatClass.NotANumber => magnitude > Infinity,
            FloatClass.Normal => magnitude == 0 || magnitude is >= SmallestNormal and < Infinity,
            FloatClass.Subnormal => magnitude is > 0 and < SmallestNormal,
            _ => throw new ArgumentOutOfRangeException(nameof(property)),
        };
    }

    /// <summary><c>testp.PROPERTY.f64</c>.</summary>
    public static bool Test(FloatClass property, double value) => property switch
    {
        FloatClass.Finite => double.IsFinite(value),
        FloatClass.Infinite => double.IsInfinity(value),
        FloatClass.Number => !double.IsNaN(value),
        FloatClass.NotANumber => double.IsNaN(value),
        FloatClass.Normal => value == 0 || double.IsNormal(value),
        FloatClass.Subnormal => double.IsSubnormal(value),
        _ => throw new ArgumentOutOfRangeException(nameof(property)),
    };

    /// <summary><c>copysign.f32 d, a, b</c>: the sign of a, the magnitude of b.</summary>
    public static uint CopySign(uint a, uint b) => (a & ~MagnitudeMask) | (b & MagnitudeMask);

    /// <summary><c>copysign.f64 d, a, b</c>: the sign of a, the magnitude of b.</summary>
    public static ulong CopySign(ulong a, ulong b) =>
        (a & 0x8000_0000_0000_0000) | (b & 0x7fff_ffff_ffff_ffff);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Select(uint a, uint b, bool flush, bool propagate, bool xorSign, bool larger)
    {
        if (flush)
        {
            a = FloatBits.Flush(a);
            b = FloatBits.Flush(b);
        }

        uint sign = (a ^ b) & ~MagnitudeMask;
        if (xorSign)
        {
            a &= MagnitudeMask;
            b &= MagnitudeMask;
        }

        bool aIsNaN = FloatBits.IsNaN(a);
        bool bIsNaN = FloatBits.IsNaN(b);
        if ((aIsNaN && bIsNaN) || (propagate && (aIsNaN || bIsNaN)))
            return FloatBits.CanonicalNaN;

        uint chosen = aIsNaN ? b : bIsNaN ? a : larger == Ordered(a) >= Ordered(b) ? a : b;
        return xorSign ? chosen | sign : chosen;
    }

    /// <summary>An integer in the order of the numbers, -0 below +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Ordered(uint bits) => (int)bits < 0 ? (int)(bits ^ MagnitudeMask) : (int)bits;
}
