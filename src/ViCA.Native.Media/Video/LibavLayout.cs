namespace ViCA.Native.Media.Video;

/// <summary>
/// Byte offsets of the fields that this project reads and writes in libav's structures, by the major version of
/// libavformat. The numbers of 59 were computed with offsetof from the C headers of FFmpeg 5.1.9 for 64-bit Linux.
/// </summary>
internal sealed record LibavLayout
{
    internal required int FormatStreamCount { get; init; }

    internal required int FormatStreams { get; init; }

    internal required int FormatInterruptCallback { get; init; }

    internal required int StreamTimeBase { get; init; }

    internal required int StreamFrameCount { get; init; }

    internal required int StreamDisposition { get; init; }

    internal required int StreamDiscard { get; init; }

    internal required int StreamMetadata { get; init; }

    internal required int StreamAverageFrameRate { get; init; }

    internal required int StreamParameters { get; init; }

    internal required int ParametersCodecType { get; init; }

    internal required int ParametersCodecId { get; init; }

    internal required int ParametersCodecTag { get; init; }

    internal required int ParametersWidth { get; init; }

    internal required int ParametersHeight { get; init; }

    internal required int PacketPts { get; init; }

    internal required int PacketStreamIndex { get; init; }

    internal required int PacketFlags { get; init; }

    internal required int CodecPacketTimeBase { get; init; }

    internal required int FrameData { get; init; }

    internal required int FrameLineSize { get; init; }

    internal required int FrameWidth { get; init; }

    internal required int FrameHeight { get; init; }

    internal required int FrameFormat { get; init; }

    internal required int FrameColourRange { get; init; }

    internal required int FrameColourSpace { get; init; }

    internal required int FrameBestEffortTimestamp { get; init; }

    internal required int FrameDecodeErrorFlags { get; init; }

    internal static LibavLayout Version59 { get; } = new()
    {
        FormatStreamCount = 44,
        FormatStreams = 48,
        FormatInterruptCallback = 200,
        StreamTimeBase = 16,
        StreamFrameCount = 40,
        StreamDisposition = 48,
        StreamDiscard = 52,
        StreamMetadata = 64,
        StreamAverageFrameRate = 72,
        StreamParameters = 208,
        ParametersCodecType = 0,
        ParametersCodecId = 4,
        ParametersCodecTag = 8,
        ParametersWidth = 56,
        ParametersHeight = 60,
        PacketPts = 8,
        PacketStreamIndex = 36,
        PacketFlags = 40,
        CodecPacketTimeBase = 724,
        FrameData = 0,
        FrameLineSize = 64,
        FrameWidth = 104,
        FrameHeight = 108,
        FrameFormat = 116,
        FrameColourRange = 320,
        FrameColourSpace = 332,
        FrameBestEffortTimestamp = 344,
        FrameDecodeErrorFlags = 376,
    };
}
