namespace ViCA.Native.Media.Video;

/// <summary>
/// Sampled frames as RGB24: each [height, width, 3], tightly packed. Frames that were asked for more than once share
/// memory.
/// </summary>
public sealed class VideoFrames
{
    private readonly byte[][] _frames;

    internal VideoFrames(
        int width, int height, IReadOnlyList<int> indices, byte[][] frames, FrameSelection selection, int differing)
    {
        Width = width;
        Height = height;
        Indices = indices;
        _frames = frames;
        Selection = selection;
        DifferingFrames = differing;
    }

    /// <summary>Pixels across, after rotation.</summary>
    public int Width { get; }

    /// <summary>Pixels down, after rotation.</summary>
    public int Height { get; }

    /// <summary>How many frames, repeats included.</summary>
    public int Count => _frames.Length;

    /// <summary>The frame numbers that were asked for, in that order.</summary>
    public IReadOnlyList<int> Indices { get; }

    /// <summary>
    /// The selection that was used: exact also where the reference was asked for but cannot read the clip.
    /// </summary>
    public FrameSelection Selection { get; }

    /// <summary>
    /// How many of the frames are another picture than the exact selection would give; 0 for the exact one.
    /// </summary>
    public int DifferingFrames { get; }

    /// <summary>[height, width, 3] of the frame at a position of <see cref="Indices"/>.</summary>
    public ReadOnlySpan<byte> this[int position] => _frames[position];

    /// <summary>The same bytes as the indexer gives, to be kept.</summary>
    public ReadOnlyMemory<byte> Memory(int position) => _frames[position];
}
