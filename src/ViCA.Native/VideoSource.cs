namespace ViCA.Native;

/// <summary>Where a video comes from.</summary>
public sealed class VideoSource
{
    private VideoSource(string path)
    {
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>A video file.</summary>
    public static VideoSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new VideoSource(path);
    }
}
