using ViCA.Native.Media.Image;

namespace ViCA.Native.Media.Video;

/// <summary>
/// A video file, opened for sampling. Nothing of the file is trusted: the container is told by its first bytes, only
/// accepted containers and codecs are read, sizes are checked before memory is taken, and damage is an error, never a
/// guess. One thread at a time.
/// </summary>
public sealed class VideoReader : IDisposable
{
    /// <summary>Widths at which decord 0.6.0 always fails when it copies a frame out.</summary>
    private static readonly int[] WidthsThatTheReferenceRefuses = [2, 4, 6, 8, 12, 16, 24, 48, 72];

    private readonly MediaFile _file;
    private readonly PacketIndex _packets;
    private Demuxer? _indexed;
    private bool _disposed;

    private VideoReader(MediaFile file, Demuxer demuxer, VideoStream stream, PacketIndex packets)
    {
        _file = file;
        _indexed = demuxer;
        _packets = packets;
        Info = Describe(file, stream, packets);
    }

    public VideoInfo Info { get; }

    /// <summary>
    /// Checks the file, opens it and walks all its packets. Throws <see cref="MediaException"/> for a file that is not
    /// usable, <see cref="EnvironmentException"/> without libav, <see cref="OperationCanceledException"/>.
    /// </summary>
    public static VideoReader Open(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        LibavLibraries.Require();
        MediaFile file = MediaFile.Open(path);
        (Demuxer demuxer, VideoStream stream, PacketIndex packets) = OpenIndexed(file, cancellationToken);
        try
        {
            return new VideoReader(file, demuxer, stream, packets);
        }
        catch
        {
            demuxer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Decodes the frames with the given numbers, each 0 … <see cref="VideoInfo.FrameCount"/> - 1, in any order.
    /// <paramref name="progress"/> gets the number of frames that are ready. Throws <see cref="MediaException"/> when
    /// a packet that had to be decoded is damaged, <see cref="OperationCanceledException"/>.
    /// </summary>
    public VideoFrames Read(
        IReadOnlyList<int> indices,
        FrameSelection selection,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        return Load(indices, selection, null, progress, cancellationToken);
    }

    /// <summary>
    /// The same, each frame resized by <see cref="BicubicResize"/> as soon as it is decoded, so that full-size frames
    /// are never held. The model's pictures are 384 x 384.
    /// </summary>
    public VideoFrames ReadResized(
        IReadOnlyList<int> indices,
        FrameSelection selection,
        int width,
        int height,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        BicubicResize resize = new(Info.Width, Info.Height, width, height);
        return Load(indices, selection, resize, progress, cancellationToken);
    }

    public void Dispose()
    {
        _disposed = true;
        _indexed?.Dispose();
    }

    private VideoFrames Load(
        IReadOnlyList<int> indices,
        FrameSelection selection,
        BicubicResize? resize,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (int index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Info.FrameCount, nameof(indices));
        }
        FrameLoader loader = new(_file, Info, _packets, TakeIndexed, resize);
        return selection == FrameSelection.Reference && ReferenceReads(Info)
            ? loader.LoadReference(indices, progress, cancellationToken)
            : loader.LoadExact(indices, progress, cancellationToken);
    }

    private static bool ReferenceReads(VideoInfo info) =>
        info.Codec != "av1" && !WidthsThatTheReferenceRefuses.Contains(info.Width);

    /// <summary>
    /// Where seeks land depends on what a demuxer has seen, so each walk starts with one that has seen the file
    /// exactly once.
    /// </summary>
    private Demuxer TakeIndexed(CancellationToken cancellationToken)
    {
        Demuxer demuxer = _indexed ?? OpenIndexed(_file, cancellationToken).Demuxer;
        _indexed = null;
        return demuxer;
    }

    private static (Demuxer Demuxer, VideoStream Stream, PacketIndex Packets) OpenIndexed(
        MediaFile file, CancellationToken cancellationToken)
    {
        Demuxer demuxer = Demuxer.Open(file, cancellationToken);
        try
        {
            VideoStream stream = VideoStream.Choose(demuxer);
            demuxer.DiscardAllBut(stream.Index);
            PacketIndex packets = PacketIndex.Read(demuxer, stream, cancellationToken);
            return (demuxer, stream, packets);
        }
        catch
        {
            demuxer.Dispose();
            throw;
        }
    }

    private static VideoInfo Describe(MediaFile file, VideoStream stream, PacketIndex packets)
    {
        PictureSize.Require(stream.CodedWidth, stream.CodedHeight, file.Label);
        VideoInfo info = new()
        {
            Width = stream.IsTurned ? stream.CodedHeight : stream.CodedWidth,
            Height = stream.IsTurned ? stream.CodedWidth : stream.CodedHeight,
            FrameCount = packets.Count,
            AverageRate = Timeline.AverageRate(stream, packets, file.Label),
            Codec = stream.Codec,
            Container = file.Container.Name,
            Rotation = stream.Rotation,
        };
        return info.DurationSeconds <= MediaLimits.MaxSeconds ? info : throw PacketIndex.TooLong(file.Label);
    }
}
