using ViCA.Native.Sites;

namespace ViCA.Native;

/// <summary>What a capture wrote.</summary>
/// <param name="OutputPath">The file.</param>
/// <param name="Sites">The sites in it.</param>
/// <param name="Bytes">Bytes of all activations.</param>
/// <param name="PromptTokens">Length of the sequence.</param>
/// <param name="VideoTokens">Positions of it that come from the video.</param>
public sealed record CaptureReport(
    string OutputPath, IReadOnlyList<Site> Sites, long Bytes, int PromptTokens, int VideoTokens);
