using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// Shifts (PTX ISA, "shl", "shr", "shf"). Amounts are unsigned and clamped to the width, where C# would take them
/// modulo the width.
/// </summary>
internal static class Shifts
{
    /// <summary><c>shl.b16</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Left(ushort a, uint amount) => amount > 15 ? (ushort)0 : (ushort)(a << (int)amount);

    /// <summary><c>shl.b32</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Left(uint a, uint amount) => amount > 31 ? 0 : a << (int)amount;

    /// <summary><c>shl.b64</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Left(ulong a, uint amount) => amount > 63 ? 0 : a << (int)amount;

    /// <summary><c>shr.u16</c>, <c>shr.b16</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Right(ushort a, uint amount) => amount > 15 ? (ushort)0 : (ushort)(a >> (int)amount);

    /// <summary><c>shr.s16</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Right(short a, uint amount) => (short)(a >> (int)Math.Min(amount, 15));

    /// <summary><c>shr.u32</c>, <c>shr.b32</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Right(uint a, uint amount) => amount > 31 ? 0 : a >> (int)amount;

    /// <summary><c>shr.s32</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Right(int a, uint amount) => a >> (int)Math.Min(amount, 31);

    /// <summary><c>shr.u64</c>, <c>shr.b64</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Right(ulong a, uint amount) => amount > 63 ? 0 : a >> (int)amount;

    /// <summary><c>shr.s64</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Right(long a, uint amount) => a >> (int)Math.Min(amount, 63);

    /// <summary><c>shf.l.{clamp, wrap}.b32 d, a, b, c</c>: the upper word of b:a shifted to the left.</summary>
    /// <param name="low">a.</param>
    /// <param name="high">b.</param>
    /// <param name="amount">c.</param>
    /// <param name="clamp"><c>.clamp</c>: an amount above 32 is 32; otherwise <c>.wrap</c>, modulo 32.</param>
    public static uint FunnelLeft(uint low, uint high, uint amount, bool clamp) =>
        (uint)(Pair(low, high) << FunnelAmount(amount, clamp) >> 32);

    /// <summary><c>shf.r.{clamp, wrap}.b32 d, a, b, c</c>: the lower word of b:a shifted to the right.</summary>
    /// <inheritdoc cref="FunnelLeft"/>
    public static uint FunnelRight(uint low, uint high, uint amount, bool clamp) =>
        (uint)(Pair(low, high) >> FunnelAmount(amount, clamp));

    private static ulong Pair(uint low, uint high) => ((ulong)high << 32) | low;

    private static int FunnelAmount(uint amount, bool clamp) => (int)(clamp ? Math.Min(amount, 32) : amount & 31);
}
