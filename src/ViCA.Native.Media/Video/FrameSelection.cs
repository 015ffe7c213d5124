namespace ViCA.Native.Media.Video;

/// <summary>Which picture the number of a frame means.</summary>
public enum FrameSelection
{
    /// <summary>
    /// The picture that decord 0.6.0 returns, its seeking errors in open groups of pictures included.
    /// </summary>
    Reference,

    /// <summary>The picture at that place among all that the decoder gives, by presentation time.</summary>
    Exact,
}
