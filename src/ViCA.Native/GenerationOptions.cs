namespace ViCA.Native;

/// <summary>How an answer is generated.</summary>
public sealed record GenerationOptions
{
    /// <summary>At most this many new tokens, the stop token included.</summary>
    public int MaxNewTokens { get; init; } = 1024;

    /// <summary>0 is greedy, exactly; otherwise scores are divided by it before they are sampled from.</summary>
    public float Temperature { get; init; }

    /// <summary>Sample among this many best tokens; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Sample among the best tokens that together have this probability.</summary>
    public float TopP { get; init; } = 1f;

    /// <summary>Seed of the sampling; the same seed gives the same answer.</summary>
    public ulong Seed { get; init; }

    /// <summary>Texts that end the answer; they are not part of it. At most 4.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];
}
