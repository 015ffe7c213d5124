namespace ViCA.Native.Gpu.Emulator;

/// <summary>A kernel did what would be a fault on a GPU; the launch has stopped.</summary>
public sealed class EmulatorException(EmulatorFinding finding)
    : VicaException(ErrorCodes.EmulatorFinding, $"{finding}; run it in Check mode for more")
{
    /// <summary>What it did, and where.</summary>
    public EmulatorFinding Finding { get; } = finding;
}
