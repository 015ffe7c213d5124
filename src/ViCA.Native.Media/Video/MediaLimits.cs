namespace ViCA.Native.Media.Video;

/// <summary>What a video may be at most; beyond it the file is refused before it costs memory or time.</summary>
internal static class MediaLimits
{
    internal const int MaxPixels = 33_554_432;
    internal const int MaxStreams = 64;
    internal const int MaxFrames = 36_000;
    internal const double MaxSeconds = 3_600;
    internal const int MinSide = 2;
    internal const int MaxSideRatio = 200;
    internal const double MaxFramesPerSecond = 1_000;
}
