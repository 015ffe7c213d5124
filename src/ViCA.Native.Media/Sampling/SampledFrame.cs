namespace ViCA.Native.Media.Sampling;

/// <summary>
/// A frame of a sample: its place in the sample, its number in the video and the time that the reference gives it.
/// </summary>
public readonly record struct SampledFrame(int Index, int SourceIndex, double TimeSeconds);
