using System.Numerics;
using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// Integer arithmetic that C# has no operator for, or whose operator throws (PTX ISA, "Integer Arithmetic
/// Instructions"). The overload chooses the type; wrapping sums and low products are C#'s own.
/// </summary>
internal static class IntegerMath
{
    /// <summary><c>add.sat.s32</c>.</summary>
    public static int AddSaturating(int a, int b) => Clamp((long)a + b);

    /// <summary><c>sub.sat.s32</c>.</summary>
    public static int SubtractSaturating(int a, int b) => Clamp((long)a - b);

    /// <summary><c>mul.hi.s16</c>.</summary>
    public static short MultiplyHigh(short a, short b) => (short)((a * b) >> 16);

    /// <summary><c>mul.hi.u16</c>.</summary>
    public static ushort MultiplyHigh(ushort a, ushort b) => (ushort)(((uint)a * b) >> 16);

    /// <summary><c>mul.hi.s32</c>.</summary>
    public static int MultiplyHigh(int a, int b) => (int)(((long)a * b) >> 32);

    /// <summary><c>mul.hi.u32</c>.</summary>
    public static uint MultiplyHigh(uint a, uint b) => (uint)(((ulong)a * b) >> 32);

    /// <summary><c>mul.hi.s64</c>.</summary>
    public static long MultiplyHigh(long a, long b) => Math.BigMul(a, b, out _);

    /// <summary><c>mul.hi.u64</c>.</summary>
    public static ulong MultiplyHigh(ulong a, ulong b) => Math.BigMul(a, b, out _);

    /// <summary><c>mad.hi.sat.s32</c>.</summary>
    public static int MultiplyHighAddSaturating(int a, int b, int c) => Clamp((long)MultiplyHigh(a, b) + c);

    /// <summary><c>mul24.lo.s32</c>: the low 32 bits of the product of the low 24 bits.</summary>
    public static int Multiply24Low(int a, int b) => (int)Multiply24(a, b);

    /// <summary><c>mul24.lo.u32</c>.</summary>
    public static uint Multiply24Low(uint a, uint b) => (uint)Multiply24(a, b);

    /// <summary><c>mul24.hi.s32</c>: bits 16 to 47 of the product of the low 24 bits.</summary>
    public static int Multiply24High(int a, int b) => (int)(Multiply24(a, b) >> 16);

    /// <summary><c>mul24.hi.u32</c>.</summary>
    public static uint Multiply24High(uint a, uint b) => (uint)(Multiply24(a, b) >> 16);

    /// <summary><c>sad.s32</c>: c + |a - b|, wrapping.</summary>
    public static uint SumOfAbsoluteDifference(int a, int b, uint c) =>
        c + (a < b ? (uint)b - (uint)a : (uint)a - (uint)b);

    /// <summary><c>sad.u32</c>, and <c>sad.u16</c> of widened operands.</summary>
    public static uint SumOfAbsoluteDifference(uint a, uint b, uint c) => c + (a < b ? b - a : a - b);

    /// <summary><c>sad.s64</c>.</summary>
    public static ulong SumOfAbsoluteDifference(long a, long b, ulong c) =>
        c + (a < b ? (ulong)b - (ulong)a : (ulong)a - (ulong)b);

    /// <summary><c>sad.u64</c>.</summary>
    public static ulong SumOfAbsoluteDifference(ulong a, ulong b, ulong c) => c + (a < b ? b - a : a - b);

    /// <summary><c>div</c>; by zero, unspecified in PTX, all ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Divide<T>(T a, T b)
        where T : IBinaryInteger<T> => b == T.Zero ? ~T.Zero : IsMinusOne(b) ? T.Zero - a : a / b;

    /// <summary><c>rem</c>, with the sign of a; by zero, unspecified in PTX, a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Remainder<T>(T a, T b)
        where T : IBinaryInteger<T> => b == T.Zero ? a : IsMinusOne(b) ? T.Zero : a % b;

    /// <summary><c>abs.s32</c>; the smallest integer stays.</summary>
    public static int Absolute(int a) => a < 0 ? -a : a;

    /// <summary><c>abs.s64</c>; the smallest integer stays.</summary>
    public static long Absolute(long a) => a < 0 ? -a : a;

    /// <summary>The divisor by which C#'s operators throw for the smallest integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsMinusOne<T>(T value)
        where T : IBinaryInteger<T> => T.IsNegative(value) && value == ~T.Zero;

    private static int Clamp(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    private static long Multiply24(int a, int b) => (long)(a << 8 >> 8) * (b << 8 >> 8);

    private static ulong Multiply24(uint a, uint b) => (ulong)(a & 0xff_ffff) * (b & 0xff_ffff);
}
