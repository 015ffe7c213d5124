using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;

namespace ViCA.Native;

/// <summary>Which frames of a video the model sees.</summary>
public sealed record VideoOptions
{
    /// <summary>At most this many frames.</summary>
    public const int MaxFrames = 512;

    /// <summary>The model card's way: 64 frames, evenly.</summary>
    public static VideoOptions Default { get; } = new();

    /// <summary>How many frames, 1 to 512.</summary>
    public int Frames { get; init; } = 64;

    /// <summary>How they are chosen.</summary>
    public FrameSamplingMode Sampling { get; init; }

    /// <summary>Frames a second for <see cref="FrameSamplingMode.FramesPerSecond"/>.</summary>
    public double FramesPerSecond { get; init; } = 1;

    /// <summary>Seconds for <see cref="FrameSamplingMode.AtTimes"/>.</summary>
    public IReadOnlyList<double> Times { get; init; } = [];

    /// <summary>Which frame an index means where the reference's decoder and display order differ.</summary>
    public FrameSelection Selection { get; init; }

    /// <summary>The frames of a video that these options choose.</summary>
    /// <exception cref="RequestException">An option is out of its range, or a time lies outside the video.</exception>
    public FrameSample Sample(VideoInfo video)
    {
        ArgumentNullException.ThrowIfNull(video);
        CheckRange("frames", Frames is >= 1 and <= MaxFrames, Frames, $"1 to {MaxFrames}");
        switch (Sampling)
        {
            case FrameSamplingMode.FramesPerSecond:
                CheckRange("sampling fps", FramesPerSecond is > 0 and < double.PositiveInfinity, FramesPerSecond, "above 0");
                return FrameSampling.LoadVideo(video.FrameCount, video.AverageRate, Frames, FramesPerSecond, false);
            case FrameSamplingMode.AtTimes:
                CheckRange("sampling times", Times.Count is >= 1 and <= MaxFrames, Times.Count, $"1 to {MaxFrames} times");
                return FrameSampling.At(video.FrameCount, video.AverageRate, Times);
            default:
                return FrameSampling.Uniform(video.FrameCount, video.AverageRate, Frames);
        }
    }

    private static void CheckRange(string name, bool holds, double found, string expected)
    {
        if (!holds)
        {
            throw new RequestException(
                ErrorCodes.RequestRange, FormattableString.Invariant($"{name} = {found} (expected {expected})"));
        }
    }
}
