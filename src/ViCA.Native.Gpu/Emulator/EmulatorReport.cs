namespace ViCA.Native.Gpu.Emulator;

/// <summary>What a launch found.</summary>
/// <param name="Findings">Empty in Run and Profile mode, where a fault is thrown.</param>
public sealed record EmulatorReport(IReadOnlyList<EmulatorFinding> Findings);
