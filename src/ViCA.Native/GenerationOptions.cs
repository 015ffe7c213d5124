using ViCA.Native.Generation;

namespace ViCA.Native;

/// <summary>How an answer is generated.</summary>
public sealed record GenerationOptions
{
    /// <summary>At most this many new tokens, the stop token included.</summary>
    public int MaxNewTokens { get; init; } = 1024;

    /// <summary>0 is greedy, exactly; otherwise scores are divided by it before they are sampled from.</summary>
    public double Temperature { get; init; }

    /// <summary>Sample among this many best tokens; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Sample among the best tokens that together have this probability.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Seed of the sampling; the same seed gives the same answer.</summary>
    public long Seed { get; init; }

    /// <summary>Texts that end the answer; they are not part of it. At most 4.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    /// <summary>Checks every option.</summary>
    /// <exception cref="RequestException">One is out of its range (`request_range`) or not well-formed.</exception>
    public void Validate()
    {
        if (MaxNewTokens < 1)
        {
            throw new RequestException(
                ErrorCodes.RequestRange, FormattableString.Invariant($"max_new_tokens = {MaxNewTokens} (expected 1 or more)"));
        }

        ToSampling(repetitionPenalty: 1).Validate();
        _ = new StopStrings(StopStrings);
    }

    internal SamplingOptions ToSampling(double repetitionPenalty) => new()
    {
        Temperature = Temperature,
        TopK = TopK,
        TopP = TopP,
        Seed = Seed,
        RepetitionPenalty = repetitionPenalty,
    };
}
