namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>A variable in memory: of a module, a function or a scope, or a parameter (PTX ISA 5.4).</summary>
internal sealed class PtxVariable
{
    public required string Name { get; init; }

    public required StateSpace Space { get; init; }

    public required PtxType Type { get; init; }

    /// <summary>Its size in bytes; 0 of an array without length (<c>.extern .shared x[]</c>).</summary>
    public required int Bytes { get; init; }

    public required int Alignment { get; init; }

    public bool IsExtern { get; init; }

    /// <summary>Null where the declaration has none.</summary>
    public IReadOnlyList<PtxInitialValue>? Initialiser { get; init; }

    /// <summary>The register that stands for a <c>.reg</c> parameter of a function, else null.</summary>
    public PtxRegister? Register { get; init; }

    public int Line { get; init; }
}
