using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// The findings of a launch: each kind once per instruction, in the order of the text. Safe for use by several threads.
/// </summary>
/// <param name="locations">Where each instruction of the module stands.</param>
internal sealed class FindingList(IReadOnlyList<PtxLocation> locations)
{
    private readonly Dictionary<(int Instruction, string Kind), EmulatorFinding> _findings = [];

    private readonly Lock _gate = new();

    /// <summary>Adds a finding unless its instruction already has one of the kind.</summary>
    public void Add(string kind, int instruction, string message)
    {
        PtxLocation at = locations[instruction];
        lock (_gate)
        {
            if (!_findings.ContainsKey((instruction, kind)))
                _findings.Add((instruction, kind), new EmulatorFinding(kind, at.PtxLine, at.File, at.Line, message));
        }
    }

    /// <summary>Whether an instruction already has a finding of a kind.</summary>
    public bool Contains(string kind, int instruction)
    {
        lock (_gate)
            return _findings.ContainsKey((instruction, kind));
    }

    /// <summary>Where an instruction stands, for messages.</summary>
    public string Place(int instruction)
    {
        PtxLocation at = locations[instruction];
        return at.File is null ? $"PTX line {at.PtxLine}" : $"{Path.GetFileName(at.File)}:{at.Line}";
    }

    /// <summary>All findings.</summary>
    public IReadOnlyList<EmulatorFinding> ToList()
    {
        lock (_gate)
            return [.. _findings.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }
}
