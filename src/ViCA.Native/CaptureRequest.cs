namespace ViCA.Native;

/// <summary>Which activations to write, and where.</summary>
/// <param name="SitePatterns">Names of sites; `*` stands for any text.</param>
/// <param name="OutputPath">The safetensors file to write.</param>
public sealed record CaptureRequest(IReadOnlyList<string> SitePatterns, string OutputPath)
{
    /// <summary>The frames.</summary>
    public VideoOptions Video { get; init; } = VideoOptions.Default;

    /// <summary>Refuse to write more than this.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>Replace an existing file.</summary>
    public bool Overwrite { get; init; }
}
