namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>Two 16-bit integers in a word (PTX ISA: add, min, max of u16x2 and s16x2; cvt.pack).</summary>
internal static class PackedShorts
{
    /// <summary><c>add.{u16x2, s16x2}</c>: wrapping sums.</summary>
    public static uint Add(uint a, uint b) => Pack((ushort)((a >> 16) + (b >> 16)), (ushort)(a + b));

    /// <summary><c>min.u16x2</c>.</summary>
    public static uint MinUnsigned(uint a, uint b) =>
        Pack((ushort)Math.Min(a >> 16, b >> 16), Math.Min((ushort)a, (ushort)b));

    /// <summary><c>max.u16x2</c>.</summary>
    public static uint MaxUnsigned(uint a, uint b) =>
        Pack((ushort)Math.Max(a >> 16, b >> 16), Math.Max((ushort)a, (ushort)b));

    /// <summary><c>min{.relu}.s16x2</c>; <paramref name="rectify"/>: not below zero.</summary>
    public static uint MinSigned(uint a, uint b, bool rectify) => Pack(
        Rectify(Math.Min((short)(a >> 16), (short)(b >> 16)), rectify),
        Rectify(Math.Min((short)a, (short)b), rectify));

    /// <summary><c>max{.relu}.s16x2</c>; <paramref name="rectify"/>: not below zero.</summary>
    public static uint MaxSigned(uint a, uint b, bool rectify) => Pack(
        Rectify(Math.Max((short)(a >> 16), (short)(b >> 16)), rectify),
        Rectify(Math.Max((short)a, (short)b), rectify));

    /// <summary>
    /// <c>cvt.pack.sat.type.s32{.b32} d, a, b{, c}</c>: b and above it a, saturated to 8 or 16 bits; above both the low
    /// bits of <paramref name="c"/>.
    /// </summary>
    public static uint PackSaturating(int a, int b, uint c, int width, bool signed) => (uint)(
        ((ulong)c << (2 * width)) | (Saturate(a, width, signed) << width) | Saturate(b, width, signed));

    private static ulong Saturate(int value, int width, bool signed) => Conversion.Extend(
        Conversion.IntegerToInteger((uint)value, 32, true, width, signed, saturate: true), width, signed: false);

    private static ushort Rectify(short value, bool rectify) =>
        (ushort)(rectify ? Math.Max(value, (short)0) : value);

    private static uint Pack(ushort high, ushort low) => ((uint)high << 16) | low;
}
