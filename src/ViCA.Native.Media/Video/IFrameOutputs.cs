namespace ViCA.Native.Media.Video;

/// <summary>
/// What comes out of a decoder after a seek, one after the other: real frames, or only their times as the packets
/// foretell them.
/// </summary>
internal interface IFrameOutputs
{
    /// <summary>The time of the output that was kept last.</summary>
    long KeptPts { get; }

    bool TrySeek(long timestamp, int flags);

    /// <summary>Takes the next output; false at the end of the stream, then again and again.</summary>
    bool TryTake(bool keep, CancellationToken cancellationToken);
}
