using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Which family decodes which instruction; what is in none is refused by name.</summary>
internal static class InstructionTable
{
    private static readonly Dictionary<string, Func<DecodeContext, Instruction>> Families = Build();

    /// <summary>Decodes one instruction. Throws <see cref="PtxFormatException"/>.</summary>
    public static Instruction Decode(DecodeContext context) =>
        Families.TryGetValue(context.Name, out Func<DecodeContext, Instruction>? decode)
            ? decode(context)
            : throw context.Unsupported();

    private static Dictionary<string, Func<DecodeContext, Instruction>> Build()
    {
        Dictionary<string, Func<DecodeContext, Instruction>> families = new(StringComparer.Ordinal);
        ArithmeticFamily.Register(families);
        BitFamily.Register(families);
        ApproximateFamily.Register(families);
        CompareFamily.Register(families);
        ConversionFamily.Register(families);
        MoveFamily.Register(families);
        MemoryFamily.Register(families);
        AtomicFamily.Register(families);
        ControlFamily.Register(families);
        BarrierFamily.Register(families);
        WarpFamily.Register(families);
        return families;
    }
}
