namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// The findings of a launch: each kind once per line of the PTX, in the order of the text. Safe for use by several
/// threads.
/// </summary>
internal sealed class FindingList
{
    private readonly Dictionary<(int PtxLine, string Kind), EmulatorFinding> _findings = [];

    private readonly Lock _gate = new();

    /// <summary>Adds a finding unless its line already has one of the kind.</summary>
    public void Add(EmulatorFinding finding)
    {
        lock (_gate)
            _findings.TryAdd((finding.PtxLine, finding.Kind), finding);
    }

    /// <summary>All findings.</summary>
    public IReadOnlyList<EmulatorFinding> ToList()
    {
        lock (_gate)
            return [.. _findings.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }
}
