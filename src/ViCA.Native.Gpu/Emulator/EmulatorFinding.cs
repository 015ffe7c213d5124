namespace ViCA.Native.Gpu.Emulator;

/// <summary>One defect of a kernel or of its launch.</summary>
/// <param name="Kind">A word such as <c>out-of-bounds-read</c>, <c>race</c>, <c>deadlock</c>.</param>
/// <param name="PtxLine">1-based line of the PTX text.</param>
/// <param name="File">Source file where the PTX has <c>.loc</c>, or null.</param>
/// <param name="Line">Source line, 0 where there is none.</param>
/// <param name="Message">What happened: who, where, how far.</param>
public sealed record EmulatorFinding(string Kind, int PtxLine, string? File, int Line, string Message)
{
    public override string ToString() => File is null
        ? $"PTX line {PtxLine}: {Kind}: {Message}"
        : $"{File}:{Line} (PTX line {PtxLine}): {Kind}: {Message}";
}
