namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>A planted defect: what checking must find, and nothing else.</summary>
/// <param name="Kinds">The kinds that it may be called; `none` allows that nothing is found.</param>
/// <param name="PtxLines">The lines that a finding may name; empty when any will do.</param>
public sealed record ExpectedFinding(IReadOnlyList<string> Kinds, IReadOnlyList<int> PtxLines)
{
    private const string Nothing = "none";

    /// <summary>Whether one finding is the defect.</summary>
    public bool Matches(EmulatorFinding finding) =>
        Kinds.Contains(finding.Kind) && (PtxLines.Count == 0 || PtxLines.Contains(finding.PtxLine));

    /// <summary>Whether checking found the defect and nothing else.</summary>
    public bool IsMetBy(IReadOnlyList<EmulatorFinding> findings) =>
        findings.All(Matches) && (findings.Count > 0 || Kinds.Contains(Nothing));
}
