namespace ViCA.Native.Media.Video;

/// <summary>Outputs that are decoded. Owns the decoder.</summary>
internal sealed unsafe class DecodedOutputs(FrameDecoder decoder) : IFrameOutputs, IDisposable
{
    private readonly LibavLayout _layout = LibavLibraries.Require();
    private readonly FrameHandle _skipped = new();

    /// <summary>The frame that was kept last.</summary>
    internal FrameHandle Kept { get; } = new();

    public long KeptPts => *(long*)(Kept.Pointer + _layout.FrameBestEffortTimestamp);

    public bool TrySeek(long timestamp, int flags) => decoder.TrySeek(timestamp, flags);

    public bool TryTake(bool keep, CancellationToken cancellationToken) =>
        decoder.TryDecode(keep ? Kept : _skipped, cancellationToken);

    public void Dispose()
    {
        decoder.Dispose();
        _skipped.Dispose();
        Kept.Dispose();
    }
}
