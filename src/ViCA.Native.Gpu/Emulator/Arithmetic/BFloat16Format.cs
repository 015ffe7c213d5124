using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary><c>.bf16</c>: the upper half of an f32.</summary>
internal readonly struct BFloat16Format : IHalfFormat
{
    public static int FractionBits => 7;

    public static int ExponentBits => 8;

    public static int PaddingBits => 0;

    public static uint CanonicalNaN => 0x7fff;

    public static ushort One => 0x3f80;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Narrow(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7fff : (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}
