namespace ViCA.Native.Gpu.Compiler.Ptxas;

/// <summary>What came of one run of ptxas.</summary>
/// <param name="Entries">The kernels of the module, in the order of the log.</param>
/// <param name="Problems">The lines of the log for which the PTX is refused; empty when it passes.</param>
/// <param name="Log">All that ptxas said.</param>
/// <param name="Cubin">The machine code; empty when ptxas refuses.</param>
public sealed record PtxasReport(
    IReadOnlyList<PtxasEntry> Entries,
    IReadOnlyList<string> Problems,
    string Log,
    byte[] Cubin)
{
    /// <summary>Whether the PTX passes: it assembles, spills nothing, needs no local memory and earns no C75xx.</summary>
    public bool Passed => Problems.Count == 0;
}
