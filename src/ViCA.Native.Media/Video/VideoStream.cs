using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>The chosen stream's header, read once.</summary>
internal sealed unsafe record VideoStream
{
    private static readonly string[] AcceptedCodecs =
        ["h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mpeg2video", "mjpeg", "png"];

    internal required int Index { get; init; }

    /// <summary>AVCodecParameters.</summary>
    internal required nint Parameters { get; init; }

    internal required int CodecId { get; init; }

    internal required string Codec { get; init; }

    internal required int CodedWidth { get; init; }

    internal required int CodedHeight { get; init; }

    /// <summary>0, 90, 180 or 270 degrees clockwise.</summary>
    internal required int Rotation { get; init; }

    /// <summary>Seconds per tick of the stream's times.</summary>
    internal required FrameRate TimeBase { get; init; }

    internal required FrameRate AverageRate { get; init; }

    /// <summary>Frames that the header announces, 0 when it does not say.</summary>
    internal required long AnnouncedFrames { get; init; }

    internal bool IsTurned => Rotation is 90 or 270;

    /// <summary>
    /// The video stream that decord 0.6.0 takes: no cover pictures; one that showed several frames at the start, then
    /// the highest bit rate in the header, then the first. libav 5.1 would let the default flag win, so that is put
    /// out first. Throws <see cref="MediaException"/>: no video, encrypted, codec, size.
    /// </summary>
    internal static VideoStream Choose(Demuxer demuxer)
    {
        LibavLayout layout = LibavLibraries.Require();
        for (int i = 0; i < demuxer.StreamCount; i++)
            *(int*)(demuxer.Stream(i) + layout.StreamDisposition) &= ~LibavConstants.DispositionDefault;
        int best = demuxer.FindBestVideo();
        if (best < 0 || IsCover(demuxer.Stream(best), layout))
            throw MediaLabel.Fault(demuxer.File.Label, ErrorCodes.MediaNoVideo, "no video stream");
        if (IsEncrypted(demuxer.Stream(best), layout))
            throw Encrypted(demuxer.File.Label);
        VideoStream chosen = ReadHeader(demuxer.Stream(best), best, layout);
        if (!AcceptedCodecs.Contains(chosen.Codec))
        {
            throw MediaLabel.Fault(
                demuxer.File.Label, ErrorCodes.MediaCodec, $"codec '{chosen.Codec}' is not accepted");
        }
        PictureSize.RefuseTooLarge(chosen.CodedWidth, chosen.CodedHeight, demuxer.File.Label);
        return chosen;
    }

    internal static MediaException Encrypted(string label) =>
        MediaLabel.Fault(label, ErrorCodes.MediaEncrypted, "the video track is encrypted");

    private static bool IsCover(nint stream, LibavLayout layout) =>
        (*(int*)(stream + layout.StreamDisposition) & LibavConstants.DispositionAttachedPicture) != 0;

    private static VideoStream ReadHeader(nint stream, int index, LibavLayout layout)
    {
        nint parameters = *(nint*)(stream + layout.StreamParameters);
        int codecId = *(int*)(parameters + layout.ParametersCodecId);
        return new VideoStream
        {
            Index = index,
            Parameters = parameters,
            CodecId = codecId,
            Codec = Marshal.PtrToStringUTF8(LibavImports.avcodec_get_name(codecId)) ?? "unknown",
            CodedWidth = *(int*)(parameters + layout.ParametersWidth),
            CodedHeight = *(int*)(parameters + layout.ParametersHeight),
            Rotation = ReadRotation(stream),
            TimeBase = *(FrameRate*)(stream + layout.StreamTimeBase),
            AverageRate = *(FrameRate*)(stream + layout.StreamAverageFrameRate),
            AnnouncedFrames = *(long*)(stream + layout.StreamFrameCount),
        };
    }

    private static int ReadRotation(nint stream)
    {
        nuint bytes;
        byte* matrix = LibavImports.av_stream_get_side_data(stream, LibavConstants.SideDataDisplayMatrix, &bytes);
        return matrix != null && bytes >= DisplayMatrix.Bytes
            ? DisplayMatrix.ClockwiseDegrees(new ReadOnlySpan<int>(matrix, DisplayMatrix.Entries))
            : 0;
    }

    /// <summary>MP4 marks the track, its header or each packet; Matroska names a key.</summary>
    private static bool IsEncrypted(nint stream, LibavLayout layout)
    {
        nint parameters = *(nint*)(stream + layout.StreamParameters);
        ReadOnlySpan<byte> tag = new((void*)(parameters + layout.ParametersCodecTag), 4);
        nint metadata = *(nint*)(stream + layout.StreamMetadata);
        return tag.SequenceEqual("encv"u8)
            || tag.SequenceEqual("drmi"u8)
            || LibavImports.av_stream_get_side_data(stream, LibavConstants.SideDataEncryptionInitInfo, null) != null
            || LibavImports.av_dict_get(metadata, "enc_key_id", 0, 0) != 0;
    }
}
