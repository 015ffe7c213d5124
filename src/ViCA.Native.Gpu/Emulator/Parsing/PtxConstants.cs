namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>A constant's bits in the type where it is used (PTX ISA 4.5).</summary>
internal static class PtxConstants
{
    public static ulong FromSingle(uint bits, PtxType type) =>
        type == PtxType.F64 ? BitConverter.DoubleToUInt64Bits(BitConverter.UInt32BitsToSingle(bits)) : bits;

    public static ulong FromDouble(ulong bits, PtxType type) => type is PtxType.F32 or PtxType.B32
        ? BitConverter.SingleToUInt32Bits((float)BitConverter.UInt64BitsToDouble(bits))
        : bits;

    /// <summary>The bits of an immediate operand where a value of that type is read.</summary>
    public static ulong Convert(PtxOperand.ImmediateOperand immediate, PtxType type) => immediate.Kind switch
    {
        PtxTokenKind.Single => FromSingle((uint)immediate.Bits, type),
        PtxTokenKind.Double => FromDouble(immediate.Bits, type),
        _ => Truncate(immediate.Bits, type),
    };

    private static ulong Truncate(ulong bits, PtxType type) => type switch
    {
        PtxType.F32 => BitConverter.SingleToUInt32Bits((long)bits),
        PtxType.F64 => BitConverter.DoubleToUInt64Bits((long)bits),
        PtxType.Pred => bits == 0 ? 0 : uint.MaxValue,
        _ => type.Bytes() >= 8 ? bits : bits & ((1UL << type.Bits()) - 1),
    };
}
