namespace ViCA.Native.Media.Video;

/// <summary>What is known of a video before a frame is decoded.</summary>
public sealed record VideoInfo
{
    /// <summary>Pixels across, after rotation.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down, after rotation.</summary>
    public required int Height { get; init; }

    /// <summary>Packets of the video stream, those included that an edit list hides: the reference's `len`.</summary>
    public required int FrameCount { get; init; }

    /// <summary>The container's average rate, or where it has none the rate that the packets' times give.</summary>
    public required FrameRate AverageRate { get; init; }

    /// <summary>libav's name of the codec, e.g. `h264`.</summary>
    public required string Codec { get; init; }

    /// <summary>`mp4`, `matroska`, `avi`, `flv`, `mpeg-ts` or `mpeg-ps`.</summary>
    public required string Container { get; init; }

    /// <summary>Degrees clockwise by which the coded pictures are turned: 0, 90, 180 or 270.</summary>
    public required int Rotation { get; init; }

    /// <summary>Frames per second.</summary>
    public double AverageFps => AverageRate.Value;

    /// <summary>Frames / frames per second, as the reference computes it.</summary>
    public double DurationSeconds => FrameCount / AverageFps;
}
