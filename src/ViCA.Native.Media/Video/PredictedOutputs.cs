namespace ViCA.Native.Media.Video;

/// <summary>
/// The times of the outputs of a stream whose groups of pictures are closed: from the key packet that a seek lands
/// on, the times of all packets in order. Seeks are real, since where they land is what has to be found out. Owns the
/// demuxer.
/// </summary>
internal sealed unsafe class PredictedOutputs : IFrameOutputs, IDisposable
{
    private readonly LibavLayout _layout = LibavLibraries.Require();
    private readonly Demuxer _demuxer;
    private readonly int _stream;
    private readonly PacketIndex _packets;
    private readonly PacketHandle _packet = new();
    private int _next;
    private bool _landed;

    internal PredictedOutputs(Demuxer demuxer, PacketIndex packets)
    {
        _demuxer = demuxer;
        _stream = VideoStream.Choose(demuxer).Index;
        _packets = packets;
    }

    public long KeptPts { get; private set; }

    /// <summary>False once a seek has landed where nothing can be foretold.</summary>
    internal bool IsSure { get; private set; } = true;

    public bool TrySeek(long timestamp, int flags)
    {
        _landed = false;
        return _demuxer.TrySeek(_stream, timestamp, flags);
    }

    public bool TryTake(bool keep, CancellationToken cancellationToken)
    {
        if (!_landed)
            Land(cancellationToken);
        if (_next >= _packets.Count)
            return false;
        if (keep)
            KeptPts = _packets.SortedPts[_next];
        _next++;
        return true;
    }

    public void Dispose()
    {
        _packet.Dispose();
        _demuxer.Dispose();
    }

    private void Land(CancellationToken cancellationToken)
    {
        _landed = true;
        _next = _packets.Count;
        if (!_demuxer.TryRead(_packet, _stream, cancellationToken))
            return;
        long pts = *(long*)(_packet.Pointer + _layout.PacketPts);
        int place = Array.BinarySearch(_packets.SortedPts, pts);
        if (Array.BinarySearch(_packets.KeyPackets, place) >= 0)
            _next = place;
        else
            IsSure = false;
    }
}
