namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>What the element types are made of, and how their values are read.</summary>
internal static class PtxElementTypes
{
    /// <summary>Bytes per element.</summary>
    public static int Size(this PtxElementType type) => type switch
    {
        PtxElementType.U8 or PtxElementType.S8 or PtxElementType.B8 => 1,
        PtxElementType.U16 or PtxElementType.S16 or PtxElementType.B16 => 2,
        PtxElementType.F16 or PtxElementType.BF16 => 2,
        PtxElementType.U32 or PtxElementType.S32 or PtxElementType.B32 or PtxElementType.F32 => 4,
        _ => 8,
    };

    public static int Bits(this PtxElementType type) => 8 * type.Size();

    public static bool IsFloat(this PtxElementType type) => type >= PtxElementType.F16;

    public static bool IsSigned(this PtxElementType type) =>
        type is PtxElementType.S8 or PtxElementType.S16 or PtxElementType.S32 or PtxElementType.S64;

    /// <summary>All bits of an element.</summary>
    public static ulong Mask(this PtxElementType type) => ulong.MaxValue >> (64 - type.Bits());

    /// <summary>The pattern of an integer: its low bits.</summary>
    public static ulong FromInteger(this PtxElementType type, long value) =>
        type.IsFloat() ? type.FromDouble(value) : (ulong)value & type.Mask();

    /// <summary>
    /// The pattern of a float: rounded to f32, then to the type, to nearest, ties to even; for f64 the value itself.
    /// </summary>
    public static ulong FromDouble(this PtxElementType type, double value) => type switch
    {
        PtxElementType.F64 => BitConverter.DoubleToUInt64Bits(value),
        PtxElementType.F32 => BitConverter.SingleToUInt32Bits((float)value),
        PtxElementType.F16 => BitConverter.HalfToUInt16Bits((Half)(float)value),
        PtxElementType.BF16 => RoundToBFloat16((float)value),
        _ => throw new ArgumentException($"{type} is not a float", nameof(type)),
    };

    /// <summary>The value of a float's pattern.</summary>
    public static double ToDouble(this PtxElementType type, ulong bits) => type switch
    {
        PtxElementType.F64 => BitConverter.UInt64BitsToDouble(bits),
        PtxElementType.F32 => BitConverter.UInt32BitsToSingle((uint)bits),
        PtxElementType.F16 => (double)BitConverter.UInt16BitsToHalf((ushort)bits),
        PtxElementType.BF16 => BitConverter.UInt32BitsToSingle((uint)bits << 16),
        _ when type.IsSigned() => type.ToSigned(bits),
        _ => bits,
    };

    /// <summary>A pattern with its sign spread to 64 bits.</summary>
    public static long ToSigned(this PtxElementType type, ulong bits)
    {
        int unused = 64 - type.Bits();
        return (long)(bits << unused) >> unused;
    }

    /// <summary>
    /// A key that orders patterns as their values are ordered; of neighbouring floats it differs by one, and both zeros
    /// have the same.
    /// </summary>
    public static Int128 Order(this PtxElementType type, ulong bits)
    {
        if (!type.IsFloat())
            return type.IsSigned() ? type.ToSigned(bits) : bits;
        ulong magnitude = bits & (type.Mask() >> 1);
        return magnitude == bits ? (Int128)magnitude : -(Int128)magnitude;
    }

    /// <summary>A value as a person reads it, with its pattern.</summary>
    public static string Format(this PtxElementType type, ulong bits)
    {
        string pattern = $"0x{bits.ToString($"x{2 * type.Size()}", null)}";
        if (type.IsFloat())
            return FormattableString.Invariant($"{type.ToDouble(bits):R} ({pattern})");
        bool isPattern = type is PtxElementType.B8 or PtxElementType.B16 or PtxElementType.B32 or PtxElementType.B64;
        if (isPattern)
            return pattern;
        return type.IsSigned()
            ? FormattableString.Invariant($"{type.ToSigned(bits)} ({pattern})")
            : FormattableString.Invariant($"{bits} ({pattern})");
    }

    private static ulong RoundToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
            return bits >> 16 | 0x40;
        return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    }
}
