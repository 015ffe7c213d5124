using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;
using ViCA.Native.Tensors;

namespace ViCA.Native;

/// <summary>
/// A video as the decoder sees it: its tokens, ready for any number of questions. Owns native memory; dispose it.
/// </summary>
public sealed class PreparedVideo : IDisposable
{
    private readonly Workspace _memory;
    private readonly Action<Workspace> _release;

    internal PreparedVideo(
        Workspace memory,
        Action<Workspace> release,
        Tensor tokens,
        SampledVideo video,
        TimeSpan preprocess,
        TimeSpan vision)
    {
        _memory = memory;
        _release = release;
        Tokens = tokens;
        Info = video.Info;
        Sample = video.Sample;
        DifferingFrames = video.Frames.DifferingFrames;
        DecodeTime = video.DecodeTime;
        PreprocessTime = preprocess;
        VisionTime = vision;
    }

    /// <summary>The video file.</summary>
    public VideoInfo Info { get; }

    /// <summary>The frames that were taken, and the times that the time instruction speaks of.</summary>
    public FrameSample Sample { get; }

    /// <summary>How many of the frames differ from what the exact selection would give.</summary>
    public int DifferingFrames { get; }

    /// <summary>Tokens that the video takes in a prompt.</summary>
    public int TokenCount => Tokens.Rows;

    /// <summary>Time to open the file, count its packets, decode the frames and resize them.</summary>
    public TimeSpan DecodeTime { get; }

    /// <summary>Time to turn pixels into patches.</summary>
    public TimeSpan PreprocessTime { get; }

    /// <summary>Time of the vision tower, projector and pooling.</summary>
    public TimeSpan VisionTime { get; }

    /// <summary>[frames · tokensPerFrame, hidden]</summary>
    internal Tensor Tokens { get; }

    /// <inheritdoc/>
    public void Dispose() => _release(_memory);
}
