using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>What f32 instructions do to bit patterns: <c>.ftz</c>, <c>.sat</c>, NaN results.</summary>
internal static class FloatBits
{
    /// <summary>The NaN that f32 arithmetic returns, whatever the payload of its operands.</summary>
    public const uint CanonicalNaN = 0x7fff_ffff;

    /// <summary>Sign bit of an f32.</summary>
    public const uint SignBit = 0x8000_0000;

    private const uint SmallestNormal = 0x0080_0000;
    private const uint Infinity = 0x7f80_0000;
    private const uint One = 0x3f80_0000;

    /// <summary><c>.ftz</c>: a denormal becomes the zero of its sign, anything else stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Flush(uint bits) => (bits & ~SignBit) < SmallestNormal ? bits & SignBit : bits;

    /// <inheritdoc cref="Flush(uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Flush(float value) =>
        BitConverter.UInt32BitsToSingle(Flush(BitConverter.SingleToUInt32Bits(value)));

    /// <summary><c>.sat</c>: clamped to [0, 1]; NaN and negative zero become +0.</summary>
    public static uint Saturate(uint bits) => (bits & SignBit) != 0 || IsNaN(bits) ? 0 : Math.Min(bits, One);

    /// <summary>Whether the bits are a NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNaN(uint bits) => (bits & ~SignBit) > Infinity;

    /// <summary>The bits of a result; every NaN becomes <see cref="CanonicalNaN"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Canonical(float value) =>
        float.IsNaN(value) ? CanonicalNaN : BitConverter.SingleToUInt32Bits(value);

    /// <summary>Applies <c>.ftz</c>, then <c>.sat</c>, to the bits of a rounded result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Finish(uint bits, bool flush, bool saturate)
    {
        if (flush)
            bits = Flush(bits);
        return saturate ? Saturate(bits) : bits;
    }
}
