namespace ViCA.Native.Sites;

/// <summary>What the rows of a site stand for.</summary>
public enum SiteRows
{
    /// <summary>Frame-major patches: frames · patches a frame.</summary>
    Patches,

    /// <summary>Positions of the sequence.</summary>
    Sequence,

    /// <summary>The last position alone.</summary>
    Last,
}
