using System.CommandLine;

namespace ViCA.Native.Cli.Options;

/// <summary>How the answer is generated.</summary>
internal sealed class GenerationArguments
{
    private const int MaxNewTokens = 32768;
    private const int MaxTopK = 1_000_000;

    private readonly Option<int> _maxNewTokens = Opt.Integer(
        "--max-new-tokens", 1, MaxNewTokens, 1024, "At most this many new tokens, the stop token included (1024).");

    private readonly Option<double> _temperature = Opt.Number(
        "--temperature", "0 to 2", value => value is >= 0 and <= 2, 0, "0 always takes the best token (the default).");

    private readonly Option<int> _topK = Opt.Integer(
        "--top-k", 0, MaxTopK, 0, "Sample among this many best tokens; 0 for all (the default).");

    private readonly Option<double> _topP = Opt.Number(
        "--top-p",
        "0 to 1",
        value => value is >= 0 and <= 1,
        1,
        "Sample among the best tokens that together have this probability (1).");

    private readonly Option<long> _seed = Opt.Integer(
        "--seed", 0, long.MaxValue, 0, "Seed of the sampling: the same seed, the same answer (0).");

    private readonly Option<string[]> _stop = Opt.Texts(
        "--stop", "TEXT", "A text that ends the answer and is left out; repeat it, up to 4.");

    public GenerationArguments(Verb verb)
    {
        verb.Add(_maxNewTokens);
        verb.Add(_temperature);
        verb.Add(_topK);
        verb.Add(_topP);
        verb.Add(_seed);
        verb.Add(_stop);
    }

    /// <summary>The options of the library.</summary>
    /// <exception cref="RequestException">A stop string is not usable.</exception>
    public GenerationOptions Read(ParseResult line)
    {
        GenerationOptions options = new()
        {
            MaxNewTokens = line.GetValue(_maxNewTokens),
            Temperature = line.GetValue(_temperature),
            TopK = line.GetValue(_topK),
            TopP = line.GetValue(_topP),
            Seed = line.GetValue(_seed),
            StopStrings = line.GetValue(_stop) ?? [],
        };
        options.Validate();
        return options;
    }
}
