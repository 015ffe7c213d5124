using ViCA.Native.Media.Image;

namespace ViCA.Native.Media.Video;

/// <summary>
/// Gets frames by number from an indexed file. Streams with closed groups of pictures, which most are, go a fast way;
/// it gives the same bytes as the plain way, to which everything else goes and to which a file that breaks its
/// promises falls back.
/// </summary>
internal sealed class FrameLoader
{
    private readonly MediaFile _file;
    private readonly VideoInfo _info;
    private readonly PacketIndex _packets;
    private readonly Func<CancellationToken, Demuxer> _takeIndexed;
    private readonly BicubicResize? _resize;

    /// <summary>
    /// <paramref name="takeIndexed"/> gives a demuxer that has read the file to its end once. With
    /// <paramref name="resize"/> the frames are resized as soon as they are there.
    /// </summary>
    internal FrameLoader(
        MediaFile file,
        VideoInfo info,
        PacketIndex packets,
        Func<CancellationToken, Demuxer> takeIndexed,
        BicubicResize? resize)
    {
        _file = file;
        _info = info;
        _packets = packets;
        _takeIndexed = takeIndexed;
        _resize = resize;
    }

    /// <summary>
    /// The frames that decord returns; the exact ones where it returns none, as for a transport stream of one group of
    /// pictures, in which its seeks end behind the only key frame.
    /// </summary>
    internal VideoFrames LoadReference(
        IReadOnlyList<int> indices, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        int[]? places = PredictPlaces(indices, cancellationToken);
        byte[][]? fast = places is null ? null : LoadGroups(places, progress, cancellationToken);
        if (fast is null)
        {
            return WalkReference(indices, progress, cancellationToken)
                ?? LoadExact(indices, progress, cancellationToken);
        }

        int differing = places!.Zip(indices).Count(pair => pair.First != pair.Second);
        return Result(indices, fast, FrameSelection.Reference, differing);
    }

    /// <summary>The frames by presentation order.</summary>
    internal VideoFrames LoadExact(
        IReadOnlyList<int> indices, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        byte[][]? fast = GroupFrames.Reads(_file, _info, _packets)
            ? LoadGroups([.. indices], progress, cancellationToken)
            : null;
        return Result(indices, fast ?? WalkExact(indices, progress, cancellationToken), FrameSelection.Exact, 0);
    }

    private VideoFrames Result(IReadOnlyList<int> indices, byte[][] rgb, FrameSelection selection, int differing) =>
        new(
            _resize?.OutputWidth ?? _info.Width,
            _resize?.OutputHeight ?? _info.Height,
            [.. indices],
            rgb,
            selection,
            differing);

    /// <summary>Where in presentation order decord's frames are; null when only decoding can tell.</summary>
    private int[]? PredictPlaces(IReadOnlyList<int> indices, CancellationToken cancellationToken)
    {
        if (!GroupFrames.Reads(_file, _info, _packets))
            return null;
        using PredictedOutputs outputs = new(_takeIndexed(cancellationToken), _packets);
        ReferenceFrames frames = new(outputs, _packets);
        Dictionary<int, int> placeOfIndex = [];
        foreach (int index in indices)
        {
            if (placeOfIndex.ContainsKey(index))
                continue;
            if (!frames.TryFind(index, cancellationToken) || !outputs.IsSure)
                return null;
            placeOfIndex.Add(index, Array.BinarySearch(_packets.SortedPts, outputs.KeptPts));
        }
        return [.. indices.Select(index => placeOfIndex[index])];
    }

    private byte[][]? LoadGroups(int[] places, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        Dictionary<int, byte[]> ready = [];
        Dictionary<int, int> positions = places.CountBy(place => place).ToDictionary();
        int reported = 0;
        bool complete = new GroupFrames(_file, _info, _packets, _resize).TryRead(
            [.. positions.Keys.Order()],
            (place, rgb) =>
            {
                ready.Add(place, rgb);
                progress?.Report(reported += positions[place]);
            },
            cancellationToken);
        return complete ? [.. places.Select(place => ready[place])] : null;
    }

    private VideoFrames? WalkReference(
        IReadOnlyList<int> indices, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using DecodedOutputs outputs = new(new FrameDecoder(_takeIndexed(cancellationToken)));
        using RgbConverter converter = new(_info.Width, _info.Height, _info.Rotation, _resize);
        ReferenceFrames frames = new(outputs, _packets);
        Dictionary<int, (byte[] Rgb, long Pts)> ready = [];
        byte[][] rgb = new byte[indices.Count][];
        for (int i = 0; i < indices.Count; i++)
        {
            if (!ready.TryGetValue(indices[i], out (byte[] Rgb, long Pts) frame))
            {
                if (!frames.TryFind(indices[i], cancellationToken))
                    return null;
                frame = (converter.Convert(outputs.Kept), outputs.KeptPts);
                ready.Add(indices[i], frame);
            }
            rgb[i] = frame.Rgb;
            progress?.Report(i + 1);
        }
        int differing = _packets.AllHaveTimes
            ? indices.Count(index => ready[index].Pts != ExactPts(index))
            : CountDifferentPictures(indices, rgb, cancellationToken);
        return Result(indices, rgb, FrameSelection.Reference, differing);
    }

    private byte[][] WalkExact(
        IReadOnlyList<int> indices, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        using RgbConverter converter = new(_info.Width, _info.Height, _info.Rotation, _resize);
        Dictionary<int, byte[]> ready = [];
        new ExactFrames(_packets).Read(
            [.. indices.Distinct().Order()],
            () => new FrameDecoder(Demuxer.Open(_file, cancellationToken)),
            (place, frame) =>
            {
                ready[place] = converter.Convert(frame);
                progress?.Report(ready.Count);
            },
            cancellationToken);
        return [.. indices.Select(index => ready.GetValueOrDefault(index) ?? throw Undecodable(index))];
    }

    private long ExactPts(int index) => _packets.VisiblePts[Math.Min(index, _packets.VisiblePts.Length - 1)];

    /// <summary>Where packets lack times, only a second decoding tells which pictures the exact ones are.</summary>
    private int CountDifferentPictures(IReadOnlyList<int> indices, byte[][] rgb, CancellationToken cancellationToken)
    {
        byte[][] exact = WalkExact(indices, null, cancellationToken);
        return rgb.Zip(exact).Count(pair => !pair.First.AsSpan().SequenceEqual(pair.Second));
    }

    private MediaException Undecodable(int index) => MediaLabel.Fault(
        _file.Label, ErrorCodes.MediaCorrupt, $"frame {index} of {_info.FrameCount} cannot be decoded");
}
