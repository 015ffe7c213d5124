namespace ViCA.Native.Gpu.Emulator;

/// <summary>A defect of a kernel that the emulator saw happen.</summary>
/// <param name="Kind">Its kind, e.g. `race` or `out-of-bounds-read`; the words are those of <see cref="FindingKinds"/>.</param>
/// <param name="PtxLine">1-based line of the PTX text.</param>
/// <param name="File">The source file, where the PTX has line information.</param>
/// <param name="Line">1-based line of <paramref name="File"/>; 0 without one.</param>
/// <param name="Message">What happened: who, where, with whom.</param>
public sealed record EmulatorFinding(string Kind, int PtxLine, string? File, int Line, string Message);
