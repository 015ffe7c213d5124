namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>The counters of some instructions, compared.</summary>
/// <param name="Counters">What was counted.</param>
/// <param name="Expected">What was expected, by name; empty when the description has nothing.</param>
/// <param name="IsEqual">Whether all that was expected is met.</param>
public sealed record PtxCounterResult(
    InstructionCounters Counters, IReadOnlyDictionary<string, long> Expected, bool IsEqual);
