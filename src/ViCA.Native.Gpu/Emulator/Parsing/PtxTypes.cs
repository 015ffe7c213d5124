namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>Names, sizes and kinds of <see cref="PtxType"/>.</summary>
internal static class PtxTypes
{
    private static readonly Dictionary<string, PtxType> Names =
        Enum.GetValues<PtxType>().ToDictionary(type => type.ToString().ToLowerInvariant(), type => type);

    /// <summary>The type of a word without its dot, e.g. <c>u32</c>.</summary>
    public static bool TryParse(string word, out PtxType type) => Names.TryGetValue(word, out type);

    /// <summary>Size in bytes; a predicate has none.</summary>
    public static int Bytes(this PtxType type) => type switch
    {
        PtxType.Pred => 0,
        PtxType.B8 or PtxType.U8 or PtxType.S8 => 1,
        PtxType.B16 or PtxType.U16 or PtxType.S16 or PtxType.F16 or PtxType.BF16 => 2,
        PtxType.B64 or PtxType.U64 or PtxType.S64 or PtxType.F64 => 8,
        PtxType.B128 => 16,
        _ => 4,
    };

    public static int Bits(this PtxType type) => 8 * type.Bytes();

    public static bool IsSigned(this PtxType type) => type is PtxType.S8 or PtxType.S16 or PtxType.S32 or PtxType.S64;

    public static bool IsFloat(this PtxType type) => type is PtxType.F16 or PtxType.F16x2 or PtxType.BF16
        or PtxType.BF16x2 or PtxType.TF32 or PtxType.F32 or PtxType.F64;

    /// <summary>Not a float, not packed, not a predicate.</summary>
    public static bool IsInteger(this PtxType type) => type is >= PtxType.B8 and <= PtxType.S64;
}
