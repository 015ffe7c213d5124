namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Where a buffer first is not what it must be.</summary>
/// <param name="Index">The element; with a rule that sorts, its place in the sorted range.</param>
/// <param name="Expected">The value that was expected.</param>
/// <param name="Actual">The value that was found.</param>
/// <param name="What">What the range is, e.g. an instruction; null when the description does not say.</param>
public sealed record PtxDifference(int Index, string Expected, string Actual, string? What);
