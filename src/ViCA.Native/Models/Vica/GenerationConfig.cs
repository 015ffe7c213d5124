using System.Globalization;
using System.Text.Json;
using ViCA.Native.ModelFolder;

namespace ViCA.Native.Models.Vica;

/// <summary>
/// What `generation_config.json` says and greedy decoding obeys: the stop tokens and the repetition penalty.
/// Temperature, top-k and top-p of the file belong to sampling, which the reference switches off, and are not read.
/// </summary>
public sealed record GenerationConfig
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "generation_config.json";

    // Settings that would change greedy decoding in the reference, with the values that leave it as it is.
    private static readonly (string Key, double Neutral)[] OtherSettings =
    [
        ("num_beams", 1), ("num_beam_groups", 1), ("no_repeat_ngram_size", 0), ("min_length", 0), ("min_new_tokens", 0),
        ("encoder_repetition_penalty", 1), ("encoder_no_repeat_ngram_size", 0), ("diversity_penalty", 0),
        ("guidance_scale", 1), ("penalty_alpha", 0),
    ];

    private static readonly string[] OtherLists =
    [
        "bad_words_ids", "force_words_ids", "constraints", "forced_bos_token_id", "forced_eos_token_id",
        "forced_decoder_ids", "suppress_tokens", "begin_suppress_tokens", "sequence_bias",
        "exponential_decay_length_penalty",
    ];

    /// <summary>Tokens that end an answer; at least one.</summary>
    public required IReadOnlyList<int> EosTokenIds { get; init; }

    /// <summary>How much a token that the answer has already is held back; 1 is not at all.</summary>
    public required double RepetitionPenalty { get; init; }

    /// <summary>
    /// Reads the file of a model folder. Without it, or without stop tokens in it, those of `config.json` hold. Throws
    /// <see cref="ModelConfigException"/>.
    /// </summary>
    public static GenerationConfig Load(string folder, VicaConfig config) =>
        File.Exists(Path.Combine(folder, FileName))
            ? Parse(StrictJson.ReadFile(folder, FileName), FileName, config)
            : Parse("{}"u8, VicaConfig.FileName, config);

    /// <summary>Reads the text of a file; messages name it <paramref name="fileName"/>.</summary>
    public static GenerationConfig Parse(ReadOnlySpan<byte> json, string fileName, VicaConfig config)
    {
        ConfigReader reader = new(StrictJson.Parse(json, fileName), fileName);
        RefuseOtherSettings(reader);
        IReadOnlyList<int> eos = TokenIds.Read(reader, "eos_token_id");
        if (eos.Count == 0)
            eos = config.EosTokenIds;
        if (eos.Count == 0)
            throw reader.Missing("eos_token_id", "a token id or a list of them");
        double penalty = reader.Positive("repetition_penalty", 1.0);
        return new GenerationConfig { EosTokenIds = eos, RepetitionPenalty = penalty };
    }

    private static void RefuseOtherSettings(ConfigReader reader)
    {
        foreach ((string key, double neutral) in OtherSettings)
        {
            if (reader.Find(key) is not { } value)
                continue;
            if (value.ValueKind != JsonValueKind.Number || value.GetDouble() != neutral)
                throw reader.Unsupported(key, value, neutral.ToString(CultureInfo.InvariantCulture));
        }
        foreach (string key in OtherLists)
            reader.RequireNull(key);
    }
}
