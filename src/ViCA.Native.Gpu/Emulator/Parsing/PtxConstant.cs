namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <param name="Kind"><see cref="PtxTokenKind.Integer"/>, <see cref="PtxTokenKind.Single"/> or <see cref="PtxTokenKind.Double"/>.</param>
/// <param name="Bits">Two's complement of 64 bits, or the bits of the float.</param>
/// <param name="IsUnsigned">An integer that divides, shifts to the right and compares as .u64.</param>
internal readonly record struct PtxConstant(PtxTokenKind Kind, ulong Bits, bool IsUnsigned);
