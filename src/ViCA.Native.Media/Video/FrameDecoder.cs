namespace ViCA.Native.Media.Video;

/// <summary>The frames of one stream in the decoder's output order, with seeks.</summary>
internal sealed class FrameDecoder : IDisposable
{
    private readonly Demuxer _demuxer;
    private readonly VideoStream _stream;
    private readonly PacketDecoder _decoder;
    private readonly PacketHandle _packet = new();
    private bool _packetIsPending;
    private bool _draining;

    /// <summary>
    /// Takes the demuxer over and disposes of it. Throws <see cref="MediaException"/> when this libav has no decoder
    /// for the stream.
    /// </summary>
    internal FrameDecoder(Demuxer demuxer)
    {
        _demuxer = demuxer;
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

    /// <summary>
    /// Puts the next frame into <paramref name="frame"/>. At the end of the stream the result is false, however often
    /// it is asked, and the frame stays as it was.
    /// </summary>
    internal bool TryDecode(FrameHandle frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_draining)
                Feed(cancellationToken);
            DecoderAnswer answer = _decoder.Receive(frame);
            if (answer != DecoderAnswer.NeedsPacket)
                return answer == DecoderAnswer.Frame;
        }
    }

    /// <summary>
    /// Forgets what is under way and goes to a time or, with <see cref="LibavConstants.SeekFrame"/>, a frame.
    /// </summary>
    internal bool TrySeek(long timestamp, int flags)
    {
        _decoder.Flush();
        _draining = false;
        _packetIsPending = false;
        return _demuxer.TrySeek(_stream.Index, timestamp, flags);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _packet.Dispose();
        _demuxer.Dispose();
    }

    private void Feed(CancellationToken cancellationToken)
    {
        if (!_packetIsPending && !_demuxer.TryRead(_packet, _stream.Index, cancellationToken))
        {
            _draining = true;
            _decoder.SendEnd();
            return;
        }
        _packetIsPending = !_decoder.TrySend(_packet);
    }
}
