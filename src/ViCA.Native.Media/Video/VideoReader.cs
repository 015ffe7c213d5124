namespace ViCA.Native.Media.Video;

/// <summary>
/// A video file, opened for sampling. Nothing of the file is trusted: the container is told by its first bytes, only accepted
/// containers and codecs are read, sizes are checked before memory is taken, and damage is an error, never a guess.
/// One thread at a time.
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
    /// <paramref name="progress"/> gets the number of frames that are ready. Throws <see cref="MediaException"/> when a packet
    /// that had to be decoded is damaged, <see cref="OperationCanceledException"/>.
    /// </summary>
    public VideoFrames Read(
        IReadOnlyList<int> indices,
        FrameSelection selection,
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
        bool asReference = selection == FrameSelection.Reference && ReferenceReads(Info);
        return asReference
            ? ReadReference(indices, progress, cancellationToken)
            : ReadExact(indices, progress, cancellationToken);
    }

    public void Dispose()
    {
        _disposed = true;
        _indexed?.Dispose();
    }

    private static bool ReferenceReads(VideoInfo info) =>
        info.Codec != "av1" && !WidthsThatTheReferenceRefuses.Contains(info.Width);

    private VideoFrames ReadReference(
        IReadOnlyList<int> indices, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        // Seeks depend on what the demuxer has seen, so each reading starts from one that has seen the file once.
        using FrameDecoder decoder = OpenDecoder(TakeIndexed(cancellationToken));
        using RgbConverter converter = new(Info.Width, Info.Height, Info.Rotation);
        using FrameHandle last = new();
        using FrameHandle skipped = new();
        ReferenceFrames frames = new(decoder, _packets, last, skipped);
        Dictionary<int, (byte[] Rgb, long Pts)> ready = [];
        byte[][] rgb = new byte[indices.Count][];
        for (int i = 0; i < indices.Count; i++)
        {
            if (!ready.TryGetValue(indices[i], out (byte[] Rgb, long Pts) frame))
            {
                FrameHandle found = frames.Get(indices[i], cancellationToken) ?? throw Undecodable(indices[i]);
                frame = (converter.Convert(found), frames.LastPts);
                ready.Add(indices[i], frame);
            }
            rgb[i] = frame.Rgb;
            progress?.Report(i + 1);
        }
        int differing = _packets.AllHaveTimes
            ? indices.Count(index => ready[index].Pts != ExactPts(index))
            : CountDifferentPictures(indices, rgb, cancellationToken);
        return new VideoFrames(Info.Width, Info.Height, [.. indices], rgb, FrameSelection.Reference, differing);
    }

    private VideoFrames ReadExact(
        IReadOnlyList<int> indices, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using RgbConverter converter = new(Info.Width, Info.Height, Info.Rotation);
        Dictionary<int, byte[]> ready = [];
        ReadFromStart(
            [.. indices.Distinct().Order()],
            (place, frame) =>
            {
                ready[place] = converter.Convert(frame);
                progress?.Report(Math.Min(ready.Count, indices.Count));
            },
            cancellationToken);
        byte[][] rgb = [.. indices.Select(index => ready.GetValueOrDefault(index) ?? throw Undecodable(index))];
        progress?.Report(indices.Count);
        return new VideoFrames(Info.Width, Info.Height, [.. indices], rgb, FrameSelection.Exact, 0);
    }

    private long ExactPts(int index) => _packets.VisiblePts[Math.Min(index, _packets.VisiblePts.Length - 1)];

    /// <summary>Where packets lack times, only a second decoding tells which pictures the exact ones are.</summary>
    private int CountDifferentPictures(IReadOnlyList<int> indices, byte[][] rgb, CancellationToken cancellationToken)
    {
        VideoFrames exact = ReadExact(indices, null, cancellationToken);
        return Enumerable.Range(0, rgb.Length).Count(i => !exact[i].SequenceEqual(rgb[i]));
    }

    private void ReadFromStart(
        int[] places, Action<int, FrameHandle> found, CancellationToken cancellationToken)
    {
        ExactFrames frames = new(_packets);
        frames.Read(places, () => OpenDecoder(Demuxer.Open(_file, cancellationToken)), found, cancellationToken);
    }

    private FrameDecoder OpenDecoder(Demuxer demuxer)
    {
        VideoStream stream = VideoStream.Choose(demuxer);
        demuxer.DiscardAllBut(stream.Index);
        return new FrameDecoder(demuxer, stream, Info.FrameCount);
    }

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

    private MediaException Undecodable(int index) => MediaLabel.Fault(
        _file.Label, ErrorCodes.MediaCorrupt, $"frame {index} of {Info.FrameCount} cannot be decoded");
}
