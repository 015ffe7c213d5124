namespace ViCA.Native.Gpu.Emulator;

/// <summary>What a launch found.</summary>
/// <param name="Findings">Empty in Run and Profile mode, where a fault is thrown.</param>
/// <param name="Counters">What was counted in Profile mode, else null.</param>
public sealed record EmulatorReport(IReadOnlyList<EmulatorFinding> Findings, EmulatorCounters? Counters = null);
