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
        IsClosed = HasClosedGroups();
    }

    internal int Count => _flags.Length;

    /// <summary>Times of all packets, ascending; those without a time come first.</summary>
    internal long[] SortedPts { get; }

    /// <summary>Times of the packets that an edit list does not hide, ascending.</summary>
    internal long[] VisiblePts { get; }

    /// <summary>Numbers, in file order, of the packets that start a group of pictures.</summary>
    internal int[] KeyPackets { get; }

    /// <summary>
    /// True when every packet has a time of its own, all are shown, and each group of pictures is closed: from its
    /// key packet to the next one in the file, its times are after those of all groups before it and the key packet's
    /// is the first. A group can then be decoded alone, and packet numbers of key packets are also their places in
    /// presentation order.
    /// </summary>
    internal bool IsClosed { get; }

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
            byte* encryption = LibavImports.av_packet_get_side_data(
                packet.Pointer, LibavConstants.SideDataEncryptionInfo, null);
            if (encryption != null)
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

    /// <summary>Packet numbers from a group's key packet to the next one's, exclusive.</summary>
    internal (int Start, int End) Group(int group) =>
        (KeyPackets[group], group + 1 < KeyPackets.Length ? KeyPackets[group + 1] : Count);

    internal static MediaException TooLong(string label) => MediaLabel.Fault(
        label,
        ErrorCodes.MediaTooLong,
        $"more than {MediaLimits.MaxFrames} frames or {MediaLimits.MaxSeconds} s");

    private bool HasClosedGroups()
    {
        const int Hindrances = LibavConstants.PacketCorrupt | LibavConstants.PacketDiscard;
        bool plain = AllHaveTimes && _flags.All(flags => (flags & Hindrances) == 0);
        if (!plain || KeyPackets.Length == 0 || KeyPackets[0] != 0)
            return false;
        for (int i = 1; i < Count; i++)
        {
            if (SortedPts[i] == SortedPts[i - 1])
                return false;
        }
        long before = long.MinValue;
        for (int group = 0; group < KeyPackets.Length; group++)
        {
            (int start, int end) = Group(group);
            ReadOnlySpan<long> pts = _ptsInFileOrder.AsSpan(start, end - start);
            if (pts[0] <= before || Min(pts) != pts[0])
                return false;
            before = Max(pts);
        }
        return true;
    }

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

    private static long Min(ReadOnlySpan<long> values)
    {
        long least = values[0];
        foreach (long value in values)
            least = Math.Min(least, value);
        return least;
    }

    private static long Max(ReadOnlySpan<long> values)
    {
        long greatest = values[0];
        foreach (long value in values)
            greatest = Math.Max(greatest, value);
        return greatest;
    }
}
