namespace ViCA.Native.Media.Video;

/// <summary>What one pass over all packets of a stream tells: how many, when, and which are key frames.</summary>
internal sealed unsafe class PacketIndex
{
    private readonly long[] _ptsInFileOrder;
    private readonly int[] _flags;

    private PacketIndex(long[] ptsInFileOrder, int[] flags)
    {
        _ptsInFileOrder = ptsInFileOrder;
        _flags = flags;
        SortedPts = [.. ptsInFileOrder.Order()];
        KeyPackets = [.. Enumerable.Range(0, flags.Length).Where(i => (flags[i] & LibavConstants.PacketKey) != 0)];
        VisiblePts =
        [
            .. Enumerable.Range(0, flags.Length)
                .Where(i => (flags[i] & LibavConstants.PacketDiscard) == 0)
                .Select(i => ptsInFileOrder[i])
                .Order(),
        ];
    }

    internal int Count => _flags.Length;

    /// <summary>Times of all packets, ascending; those without a time come first.</summary>
    internal long[] SortedPts { get; }

    /// <summary>Times of the packets that an edit list does not hide, ascending.</summary>
    internal long[] VisiblePts { get; }

    /// <summary>Numbers, in file order, of the packets that start a group of pictures.</summary>
    internal int[] KeyPackets { get; }

    internal bool AllHaveTimes => Count == 0 || SortedPts[0] != LibavConstants.NoTimestamp;

    internal bool IsDamaged(int packet) => (_flags[packet] & LibavConstants.PacketCorrupt) != 0;

    internal long Pts(int packet) => _ptsInFileOrder[packet];

    /// <summary>
    /// Demuxes to the end. Throws <see cref="MediaException"/>: no video, encrypted, cut off, damaged, too long.
    /// </summary>
    internal static PacketIndex Read(Demuxer demuxer, VideoStream stream, CancellationToken cancellationToken)
    {
        LibavLayout layout = LibavLibraries.Require();
        List<long> pts = [];
        List<int> flags = [];
        using PacketHandle packet = new();
        while (demuxer.TryRead(packet, stream.Index, cancellationToken))
        {
            if (LibavImports.av_packet_get_side_data(packet.Pointer, LibavConstants.SideDataEncryptionInfo, null) != null)
                throw VideoStream.Encrypted(demuxer.File.Label);
            pts.Add(*(long*)(packet.Pointer + layout.PacketPts));
            flags.Add(*(int*)(packet.Pointer + layout.PacketFlags));
            if (pts.Count > MediaLimits.MaxFrames)
                throw TooLong(demuxer.File.Label);
        }
        PacketIndex index = new([.. pts], [.. flags]);
        index.RequireWhole(demuxer.File, stream.AnnouncedFrames);
        return index;
    }

    internal static MediaException TooLong(string label) => MediaLabel.Fault(
        label,
        ErrorCodes.MediaTooLong,
        $"more than {MediaLimits.MaxFrames} frames or {MediaLimits.MaxSeconds} s");

    private void RequireWhole(MediaFile file, long announced)
    {
        bool lastIsPartial = file.Container.MarksCuts && Count > 0 && IsDamaged(Count - 1);
        if (lastIsPartial || Count < announced)
        {
            long whole = lastIsPartial ? Count - 1 : Count;
            string expected = announced > 0 ? $"{announced} frames" : "a whole last frame";
            throw MediaLabel.Fault(
                file.Label,
                ErrorCodes.MediaTruncated,
                $"the video is cut off (expected {expected}, found {whole}{(announced > 0 ? "" : " whole frames")})");
        }
        if (Count == 0)
            throw MediaLabel.Fault(file.Label, ErrorCodes.MediaNoVideo, "the video stream has no frames");
    }
}
