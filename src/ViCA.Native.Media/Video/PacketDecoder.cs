namespace ViCA.Native.Media.Video;

/// <summary>What a decoder answers when it is asked for a frame.</summary>
internal enum DecoderAnswer
{
    Frame,
    NeedsPacket,
    End,
}

/// <summary>
/// One stream's decoder. Strict: a packet that it rejects, or a frame that it had to mend, is
/// <see cref="ErrorCodes.MediaCorrupt"/>. It runs on the caller's thread.
/// </summary>
internal sealed unsafe class PacketDecoder : IDisposable
{
    private readonly LibavLayout _layout = LibavLibraries.Require();
    private readonly VideoStream _stream;
    private readonly string _label;
    private readonly CodecHandle _codec;
    private readonly FrameHandle _incoming = new();

    /// <summary>Throws <see cref="MediaException"/> when this libav has no decoder for the stream.</summary>
    internal PacketDecoder(VideoStream stream, string label)
    {
        _stream = stream;
        _label = label;
        nint decoder = LibavImports.avcodec_find_decoder(stream.CodecId);
        if (decoder == 0)
            throw NoDecoder();
        _codec = new CodecHandle(decoder);
        nint options = 0;
        try
        {
            _ = LibavImports.avcodec_parameters_to_context(_codec.Pointer, stream.Parameters);
            *(FrameRate*)(_codec.Pointer + _layout.CodecPacketTimeBase) = stream.TimeBase;
            _ = LibavImports.av_dict_set(&options, "threads", "1", 0);
            _ = LibavImports.av_dict_set(&options, "max_pixels", $"{MediaLimits.MaxPixels}", 0);
            if (LibavImports.avcodec_open2(_codec.Pointer, decoder, &options) < 0)
                throw NoDecoder();
        }
        catch
        {
            Dispose();
            throw;
        }
        finally
        {
            LibavImports.av_dict_free(&options);
        }
    }

    /// <summary>Whether frames that no other frame needs are left out from the next packet on.</summary>
    internal bool SkipsUnreferenced
    {
        set => *(int*)(_codec.Pointer + _layout.CodecSkipFrame) =
            value ? LibavConstants.DiscardUnreferenced : LibavConstants.DiscardDefault;
    }

    /// <summary>False when frames must be taken before this packet can be given again.</summary>
    internal bool TrySend(PacketHandle packet)
    {
        int result = LibavImports.avcodec_send_packet(_codec.Pointer, packet.Pointer);
        if (result < 0 && result != LibavConstants.ErrorAgain)
            throw Corrupt("the decoder rejected a packet");
        return result >= 0;
    }

    /// <summary>Says that no packet follows, so that the frames that wait come out.</summary>
    internal void SendEnd() => _ = LibavImports.avcodec_send_packet(_codec.Pointer, 0);

    /// <summary>Puts the next frame into <paramref name="frame"/>, which otherwise stays as it was.</summary>
    internal DecoderAnswer Receive(FrameHandle frame)
    {
        int result = LibavImports.avcodec_receive_frame(_codec.Pointer, _incoming.Pointer);
        if (result == LibavConstants.ErrorAgain)
            return DecoderAnswer.NeedsPacket;
        if (result == LibavConstants.ErrorEndOfFile)
            return DecoderAnswer.End;
        if (result < 0)
            throw Corrupt($"the decoder failed (libav error {result})");
        if (*(int*)(_incoming.Pointer + _layout.FrameDecodeErrorFlags) != 0)
            throw Corrupt("a frame carries decoding errors");
        LibavImports.av_frame_unref(frame.Pointer);
        LibavImports.av_frame_move_ref(frame.Pointer, _incoming.Pointer);
        return DecoderAnswer.Frame;
    }

    /// <summary>Forgets all packets and frames.</summary>
    internal void Flush() => LibavImports.avcodec_flush_buffers(_codec.Pointer);

    public void Dispose()
    {
        _codec.Dispose();
        _incoming.Dispose();
    }

    private MediaException Corrupt(string what) =>
        MediaLabel.Fault(_label, ErrorCodes.MediaCorrupt, $"the video is damaged: {what}");

    private MediaException NoDecoder() => MediaLabel.Fault(
        _label, ErrorCodes.MediaCodec, $"codec '{_stream.Codec}' has no decoder in this machine's libavcodec");
}
