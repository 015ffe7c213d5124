namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>One instruction as it stands in the text, its names resolved.</summary>
internal sealed class PtxInstruction
{
    /// <summary>Opcode with modifiers, e.g. <c>ld.global.u32</c>.</summary>
    public required string Opcode { get; init; }

    /// <summary>The predicate that guards it, or null.</summary>
    public PtxRegister? Guard { get; init; }

    public bool IsGuardNegated { get; init; }

    public required IReadOnlyList<PtxOperand> Operands { get; init; }

    /// <summary>Where names that are neither registers nor variables are looked up.</summary>
    public required PtxScope Scope { get; init; }

    public required PtxLocation Location { get; init; }
}
