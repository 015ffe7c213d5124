namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <param name="PtxLine">1-based line of the PTX text.</param>
/// <param name="File">The source file of the last <c>.loc</c>, or null.</param>
/// <param name="Line">The source line, 0 without <c>.loc</c>.</param>
internal sealed record PtxLocation(int PtxLine, string? File, int Line);
