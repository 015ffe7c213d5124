namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Carries a finding that ends the launch from a warp to the launch.</summary>
internal sealed class EmulatorFault(EmulatorFinding finding) : Exception(finding.Message)
{
    public EmulatorFinding Finding { get; } = finding;
}
