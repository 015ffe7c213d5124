namespace ViCA.Native.Media.Video;

/// <summary>Decodes single groups of pictures, in ascending order. Owns its demuxer.</summary>
internal sealed unsafe class GroupDecoder : IDisposable
{
    private readonly LibavLayout _layout = LibavLibraries.Require();
    private readonly Demuxer _demuxer;
    private readonly PacketIndex _packets;
    private readonly VideoStream _stream;
    private readonly PacketDecoder _decoder;
    private readonly PacketHandle _packet = new();
    private readonly FrameHandle _frame = new();
    private int _nextPacket;

    /// <summary>The demuxer is at the start of the file.</summary>
    internal GroupDecoder(Demuxer demuxer, PacketIndex packets)
    {
        _demuxer = demuxer;
        _packets = packets;
        try
        {
            _stream = VideoStream.Choose(demuxer);
            _decoder = new PacketDecoder(_stream, demuxer.File.Label);
            demuxer.DiscardAllBut(_stream.Index);
        }
        catch
        {
            demuxer.Dispose();
            throw;
        }
    }

    private long Pts => *(long*)(_packet.Pointer + _layout.PacketPts);

    /// <summary>
    /// Calls <paramref name="found"/> for each place of the job. False when the packets are not those of the index or
    /// a frame does not come out.
    /// </summary>
    internal bool TryDecode(GroupJob job, Action<int, FrameHandle> found, CancellationToken cancellationToken)
    {
        Dictionary<long, int> missing = job.Places.ToDictionary(place => _packets.SortedPts[place]);
        bool keyCameOut = false;
        for (int number = job.Start; number < job.End; number++)
        {
            bool read = number == job.Start
                ? TryReach(number, cancellationToken)
                : TryReadPacket(number, cancellationToken);
            if (!read)
                return false;
            // The key frame is never left out: that it comes out shows that the decoder could start here.
            _decoder.SkipsUnreferenced = number != job.Start && !missing.ContainsKey(_packets.Pts(number));
            while (!_decoder.TrySend(_packet))
                Receive(job.Start, missing, found, ref keyCameOut);
            Receive(job.Start, missing, found, ref keyCameOut);
        }
        _nextPacket = job.End;
        _decoder.SendEnd();
        Receive(job.Start, missing, found, ref keyCameOut);
        _decoder.Flush();
        return keyCameOut && missing.Count == 0;
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _packet.Dispose();
        _frame.Dispose();
        _demuxer.Dispose();
    }

    /// <summary>
    /// Reads the key packet of a group. Seeks in MP4 go by decoding times and may land one or more groups early.
    /// </summary>
    private bool TryReach(int start, CancellationToken cancellationToken)
    {
        if (_nextPacket == start)
            return TryReadPacket(start, cancellationToken);
        bool there = _demuxer.TrySeek(_stream.Index, _packets.Pts(start), LibavConstants.SeekBackward);
        do
            there = there && _demuxer.TryRead(_packet, _stream.Index, cancellationToken);
        while (there && Pts < _packets.Pts(start));
        return there && Pts == _packets.Pts(start);
    }

    private bool TryReadPacket(int number, CancellationToken cancellationToken) =>
        _demuxer.TryRead(_packet, _stream.Index, cancellationToken)
        && Pts == _packets.Pts(number);

    private void Receive(int key, Dictionary<long, int> missing, Action<int, FrameHandle> found, ref bool keyCameOut)
    {
        while (_decoder.Receive(_frame) == DecoderAnswer.Frame)
        {
            long pts = *(long*)(_frame.Pointer + _layout.FrameBestEffortTimestamp);
            keyCameOut |= pts == _packets.Pts(key);
            if (missing.Remove(pts, out int place))
                found(place, _frame);
        }
    }
}
