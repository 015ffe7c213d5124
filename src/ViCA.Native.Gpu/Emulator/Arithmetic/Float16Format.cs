using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary><c>.f16</c>.</summary>
internal readonly struct Float16Format : IHalfFormat
{
    public static int FractionBits => 10;

    public static int ExponentBits => 5;

    public static int PaddingBits => 0;

    public static uint CanonicalNaN => 0x7fff;

    public static ushort One => 0x3c00;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Widen(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Narrow(float value) =>
        float.IsNaN(value) ? (ushort)0x7fff : BitConverter.HalfToUInt16Bits((Half)value);
}
