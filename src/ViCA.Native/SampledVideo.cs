using System.Diagnostics;
using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;

namespace ViCA.Native;

/// <summary>The frames of a video that a request asked for.</summary>
/// <param name="Info">The video file.</param>
/// <param name="Sample">Which frames, and their times.</param>
/// <param name="Frames">Their pixels.</param>
/// <param name="DecodeTime">Time to open the file, count its packets, decode the frames and resize them where asked.</param>
public sealed record SampledVideo(VideoInfo Info, FrameSample Sample, VideoFrames Frames, TimeSpan DecodeTime)
{
    /// <summary>
    /// Opens a video and decodes the frames that the options choose: at their own size, or as squares of
    /// <paramref name="side"/> pixels, resized one by one so that large pictures are never held together.
    /// </summary>
    /// <exception cref="MediaException">The video is not usable.</exception>
    /// <exception cref="RequestException">The options are not usable.</exception>
    public static SampledVideo Read(
        VideoSource source,
        VideoOptions options,
        int? side,
        IProgress<VicaProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        long start = Stopwatch.GetTimestamp();
        using VideoReader reader = VideoReader.Open(source.Path, cancellationToken);
        FrameSample sample = options.Sample(reader.Info);
        FrameProgress? report = progress is null ? null : new FrameProgress(progress, sample.Frames.Count);
        VideoFrames frames = side is { } pixels
            ? reader.ReadResized(sample.SourceIndices, options.Selection, pixels, pixels, report, cancellationToken)
            : reader.Read(sample.SourceIndices, options.Selection, report, cancellationToken);
        return new SampledVideo(reader.Info, sample, frames, Stopwatch.GetElapsedTime(start));
    }

    private sealed class FrameProgress(IProgress<VicaProgress> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new VicaProgress(VicaStage.Frames, value, total));
    }
}
