using System.Globalization;

namespace ViCA.Native.Generation;

/// <summary>How the next token is chosen. The default is greedy, without a penalty.</summary>
public sealed record SamplingOptions
{
    /// <summary>0 takes the best token; above, scores are divided by it. At most 2.</summary>
    public double Temperature { get; init; }

    /// <summary>Keep this many of the best tokens, and those that tie with the last of them; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Keep the best tokens that together have this probability, at least one; 1 keeps all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The same seed gives the same draws.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Positive scores of tokens generated before are divided by it, negative ones multiplied; also when greedy. 1 is
    /// off.
    /// </summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Whether the best token is taken instead of drawn.</summary>
    public bool IsGreedy => Temperature == 0;

    /// <summary>Throws <see cref="RequestException"/> (`request_range`) when a value is out of its range.</summary>
    public void Validate()
    {
        Require("temperature", Temperature, Temperature is >= 0 and <= 2, "0 to 2");
        Require("top_k", TopK, TopK >= 0, "0 or more");
        Require("top_p", TopP, TopP is >= 0 and <= 1, "0 to 1");
        Require("repetition_penalty", RepetitionPenalty, RepetitionPenalty is >= 0.01 and <= 100, "0.01 to 100");
    }

    private static void Require(string name, double value, bool isInRange, string expected)
    {
        if (!double.IsFinite(value))
            throw new RequestException(ErrorCodes.RequestRange, $"{name} is not finite (expected {expected})");
        if (!isInRange)
        {
            string found = value.ToString("R", CultureInfo.InvariantCulture);
            throw new RequestException(ErrorCodes.RequestRange, $"{name} = {found} (expected {expected})");
        }
    }
}
