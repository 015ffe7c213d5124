namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>A <c>.func</c> or <c>.entry</c> with its body.</summary>
internal sealed class PtxFunction
{
    public required string Name { get; init; }

    public required bool IsEntry { get; init; }

    public required IReadOnlyList<PtxVariable> Results { get; init; }

    public required IReadOnlyList<PtxVariable> Parameters { get; init; }

    /// <summary>Null for a declaration without body.</summary>
    public IReadOnlyList<PtxInstruction>? Body { get; set; }

    /// <summary>The variables of the body in order of declaration, of all scopes.</summary>
    public List<PtxVariable> Variables { get; } = [];

    /// <summary><c>.reqntid</c>, <c>.maxntid</c> and the like, by name without the dot.</summary>
    public Dictionary<string, int[]> Directives { get; } = new(StringComparer.Ordinal);

    public int Line { get; init; }
}
