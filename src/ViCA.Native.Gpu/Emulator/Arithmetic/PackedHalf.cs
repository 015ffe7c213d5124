using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// f16x2 and bf16x2 arithmetic: the operations of <see cref="HalfMath"/> on both halves of a word (PTX ISA, "Half
/// Precision Floating-Point Instructions", "Half Precision Comparison Instructions").
/// </summary>
internal static class PackedHalf
{
    /// <summary>a + b.</summary>
    public static uint Add<TFormat>(uint a, uint b, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat => Pack(
            HalfMath.Add<TFormat>(Low(a), Low(b), flush, limit),
            HalfMath.Add<TFormat>(High(a), High(b), flush, limit));

    /// <summary>a - b.</summary>
    public static uint Subtract<TFormat>(uint a, uint b, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat => Pack(
            HalfMath.Subtract<TFormat>(Low(a), Low(b), flush, limit),
            HalfMath.Subtract<TFormat>(High(a), High(b), flush, limit));

    /// <summary>a · b.</summary>
    public static uint Multiply<TFormat>(uint a, uint b, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat => Pack(
            HalfMath.Multiply<TFormat>(Low(a), Low(b), flush, limit),
            HalfMath.Multiply<TFormat>(High(a), High(b), flush, limit));

    /// <summary>a · b + c, rounded once.</summary>
    public static uint FusedMultiplyAdd<TFormat>(uint a, uint b, uint c, bool flush, NarrowLimit limit)
        where TFormat : struct, IHalfFormat => Pack(
            HalfMath.FusedMultiplyAdd<TFormat>(Low(a), Low(b), Low(c), flush, limit),
            HalfMath.FusedMultiplyAdd<TFormat>(High(a), High(b), High(c), flush, limit));

    /// <summary>The smaller elements; see <see cref="HalfMath.Min{TFormat}"/>.</summary>
    public static uint Min<TFormat>(uint a, uint b, bool flush, bool propagate, bool xorSign = false)
        where TFormat : struct, IHalfFormat => Pack(
            HalfMath.Min<TFormat>(Low(a), Low(b), flush, propagate, xorSign),
            HalfMath.Min<TFormat>(High(a), High(b), flush, propagate, xorSign));

    /// <summary>The larger elements; see <see cref="HalfMath.Min{TFormat}"/>.</summary>
    public static uint Max<TFormat>(uint a, uint b, bool flush, bool propagate, bool xorSign = false)
        where TFormat : struct, IHalfFormat => Pack(
            HalfMath.Max<TFormat>(Low(a), Low(b), flush, propagate, xorSign),
            HalfMath.Max<TFormat>(High(a), High(b), flush, propagate, xorSign));

    /// <summary>-a.</summary>
    public static uint Negate<TFormat>(uint a, bool flush)
        where TFormat : struct, IHalfFormat =>
        Pack(HalfMath.Negate<TFormat>(Low(a), flush), HalfMath.Negate<TFormat>(High(a), flush));

    /// <summary>|a|.</summary>
    public static uint Absolute<TFormat>(uint a, bool flush)
        where TFormat : struct, IHalfFormat =>
        Pack(HalfMath.Absolute<TFormat>(Low(a), flush), HalfMath.Absolute<TFormat>(High(a), flush));

    /// <summary><c>setp.OP d|q, a, b</c>: the predicates of the lower and of the upper halves.</summary>
    public static (bool Low, bool High) Compare<TFormat>(CompareOperator comparison, uint a, uint b, bool flush)
        where TFormat : struct, IHalfFormat => (
            HalfMath.Compare<TFormat>(comparison, Low(a), Low(b), flush),
            HalfMath.Compare<TFormat>(comparison, High(a), High(b), flush));

    /// <summary><c>set.OP.{f16x2, bf16x2}</c>: 1.0 or 0 in each half.</summary>
    public static uint Set<TFormat>(CompareOperator comparison, uint a, uint b, bool flush)
        where TFormat : struct, IHalfFormat
    {
        (bool low, bool high) = Compare<TFormat>(comparison, a, b, flush);
        return Pack(low ? TFormat.One : (ushort)0, high ? TFormat.One : (ushort)0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort Low(uint word) => (ushort)word;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort High(uint word) => (ushort)(word >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Pack(ushort low, ushort high) => ((uint)high << 16) | low;
}
