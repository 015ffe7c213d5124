namespace ViCA.Native.ModelFolder;

/// <summary>A model folder to be made from the formula of synthetic weights.</summary>
public sealed record SynthesisRequest
{
    /// <summary>`vica-7b`, `tiny-a`, `tiny-b`, or the path of a config.json.</summary>
    public required string Like { get; init; }

    /// <summary>Every value follows from the seed, the tensor's name and its shape.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The folder whose tokenizer files are copied.</summary>
    public required string TokenizerFolder { get; init; }

    /// <summary>The folder to be made.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Whether files in a folder that exists may be replaced.</summary>
    public bool Overwrite { get; init; }
}
