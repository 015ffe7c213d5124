namespace ViCA.Native.Media.Video;

/// <summary>
/// The frames of one stream in the decoder's output order, with seeks. Strict: a packet that the decoder rejects, or a
/// frame that it had to mend, is <see cref="ErrorCodes.MediaCorrupt"/>.
/// </summary>
internal sealed unsafe class FrameDecoder : IDisposable
{
    private readonly LibavLayout _layout = LibavLibraries.Require();
    private readonly Demuxer _demuxer;
    private readonly VideoStream _stream;
    private readonly int _packetCount;
    private readonly CodecHandle? _codec;
    private readonly PacketHandle _packet = new();
    private readonly FrameHandle _incoming = new();
    private bool _packetIsPending;
    private bool _draining;

    /// <summary>
    /// Takes the demuxer over and disposes of it. Throws <see cref="MediaException"/> when this libav has no decoder for the
    /// stream.
    /// </summary>
    internal FrameDecoder(Demuxer demuxer, VideoStream stream, int packetCount)
    {
        _demuxer = demuxer;
        _stream = stream;
        _packetCount = packetCount;
        try
        {
            _codec = OpenCodec();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Puts the next frame into <paramref name="frame"/>. At the end of the stream the result is false, however often it is
    /// asked, and the frame stays as it was.
    /// </summary>
    internal bool TryDecode(FrameHandle frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_draining)
                Feed(cancellationToken);
            int result = LibavImports.avcodec_receive_frame(_codec!.Pointer, _incoming.Pointer);
            if (result == 0)
            {
                if (*(int*)(_incoming.Pointer + _layout.FrameDecodeErrorFlags) != 0)
                    throw Corrupt("a frame carries decoding errors");
                LibavImports.av_frame_unref(frame.Pointer);
                LibavImports.av_frame_move_ref(frame.Pointer, _incoming.Pointer);
                return true;
            }
            if (result == LibavConstants.ErrorEndOfFile)
                return false;
            if (result != LibavConstants.ErrorAgain)
                throw Corrupt($"the decoder failed (libav error {result})");
        }
    }

    /// <summary>Forgets what is under way and goes to a time or, with <see cref="LibavConstants.SeekFrame"/>, a frame.</summary>
    internal bool TrySeek(long timestamp, int flags)
    {
        LibavImports.avcodec_flush_buffers(_codec!.Pointer);
        _draining = false;
        _packetIsPending = false;
        return _demuxer.TrySeek(_stream.Index, timestamp, flags);
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _packet.Dispose();
        _incoming.Dispose();
        _demuxer.Dispose();
    }

    private CodecHandle OpenCodec()
    {
        nint decoder = LibavImports.avcodec_find_decoder(_stream.CodecId);
        if (decoder == 0)
            throw NotAccepted();
        CodecHandle codec = new(decoder);
        nint options = 0;
        try
        {
            _ = LibavImports.avcodec_parameters_to_context(codec.Pointer, _stream.Parameters);
            *(FrameRate*)(codec.Pointer + _layout.CodecPacketTimeBase) = _stream.TimeBase;
            _ = LibavImports.av_dict_set(&options, "threads", "1", 0);
            _ = LibavImports.av_dict_set(&options, "max_pixels", $"{MediaLimits.MaxPixels}", 0);
            if (LibavImports.avcodec_open2(codec.Pointer, decoder, &options) < 0)
                throw NotAccepted();
            return codec;
        }
        catch
        {
            codec.Dispose();
            throw;
        }
        finally
        {
            LibavImports.av_dict_free(&options);
        }
    }

    private void Feed(CancellationToken cancellationToken)
    {
        if (!_packetIsPending && !_demuxer.TryRead(_packet, _stream.Index, cancellationToken))
        {
            _draining = true;
            _ = LibavImports.avcodec_send_packet(_codec!.Pointer, 0);
            return;
        }
        int result = LibavImports.avcodec_send_packet(_codec!.Pointer, _packet.Pointer);
        _packetIsPending = result == LibavConstants.ErrorAgain;
        if (result < 0 && !_packetIsPending)
            throw Corrupt("the decoder rejected a packet");
    }

    private MediaException Corrupt(string what) =>
        MediaLabel.Fault(_demuxer.File.Label, ErrorCodes.MediaCorrupt, $"{what}; the video of {_packetCount} frames is damaged");

    private MediaException NotAccepted() => MediaLabel.Fault(
        _demuxer.File.Label,
        ErrorCodes.MediaCodec,
        $"codec '{_stream.Codec}' has no decoder in this machine's libavcodec");
}
