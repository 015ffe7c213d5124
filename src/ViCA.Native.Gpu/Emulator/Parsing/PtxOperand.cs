namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>What stands between the commas of an instruction.</summary>
internal abstract record PtxOperand
{
    /// <param name="Register">The register.</param>
    /// <param name="IsNegated">Written with <c>!</c> in front (predicates).</param>
    internal sealed record RegisterOperand(PtxRegister Register, bool IsNegated) : PtxOperand;

    /// <param name="Kind">Integer, Single or Double.</param>
    /// <param name="Bits">Its bits.</param>
    internal sealed record ImmediateOperand(PtxTokenKind Kind, ulong Bits) : PtxOperand;

    /// <param name="Variable">A variable's address.</param>
    /// <param name="Offset">Bytes added to it.</param>
    internal sealed record VariableOperand(PtxVariable Variable, long Offset) : PtxOperand;

    /// <summary>A label, a function, a table of branch targets or a special register.</summary>
    internal sealed record NameOperand(string Name) : PtxOperand;

    /// <param name="Base">Register, variable or name; null when the address is a number.</param>
    /// <param name="Offset">Bytes added to it.</param>
    /// <param name="More">What follows a comma inside the brackets.</param>
    internal sealed record AddressOperand(PtxOperand? Base, long Offset, IReadOnlyList<PtxOperand> More) : PtxOperand;

    /// <summary><c>{a, b, …}</c>.</summary>
    internal sealed record VectorOperand(IReadOnlyList<PtxOperand> Elements) : PtxOperand;

    /// <summary><c>a|b</c>: two destinations.</summary>
    internal sealed record PairOperand(PtxOperand First, PtxOperand Second) : PtxOperand;

    /// <summary><c>(a, b, …)</c>: arguments or results of a call.</summary>
    internal sealed record ListOperand(IReadOnlyList<PtxOperand> Elements) : PtxOperand;

    /// <summary><c>_</c>: nothing is written.</summary>
    internal sealed record SinkOperand : PtxOperand;
}
