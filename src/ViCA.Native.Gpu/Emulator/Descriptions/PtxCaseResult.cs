namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>What a case gave.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">Whose PTX was run.</param>
/// <param name="Passed">Whether all was as the description says.</param>
/// <param name="Outputs">The buffers, compared; empty after a fault.</param>
/// <param name="Findings">The defects that were seen.</param>
/// <param name="Counters">The counters, if they were counted.</param>
/// <param name="Profile">All that was counted; null if nothing was.</param>
/// <param name="Refusal">Why the case could not be run to its end; null when it was.</param>
/// <param name="NotRun">Why the case says nothing about this device and was not run; null when it was.</param>
public sealed record PtxCaseResult(
    string Name,
    GpuTarget Target,
    bool Passed,
    IReadOnlyList<PtxOutputResult> Outputs,
    IReadOnlyList<EmulatorFinding> Findings,
    IReadOnlyList<PtxCounterResult> Counters,
    EmulatorCounters? Profile,
    VicaException? Refusal,
    string? NotRun = null)
{
    /// <summary>Whether something was not as the description says.</summary>
    public bool Failed => !Passed && NotRun is null;
}
