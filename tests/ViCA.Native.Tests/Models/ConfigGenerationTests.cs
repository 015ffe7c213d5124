using System.Text;
using ViCA.Native.Models.Vica;

namespace ViCA.Native.Tests.Models;

/// <summary>generation_config.json: stop tokens and repetition penalty.</summary>
public class ConfigGenerationTests
{
    private static readonly VicaConfig Config =
        VicaConfig.Load(Path.Combine(RepositoryPaths.Fixtures, "tiny-a", "model"));

    [Fact]
    public void Load_Fixture()
    {
        GenerationConfig generation =
            GenerationConfig.Load(Path.Combine(RepositoryPaths.Fixtures, "tiny-a", "model"), Config);
        Assert.Equal([594, 592], generation.EosTokenIds);
        Assert.Equal(1.05, generation.RepetitionPenalty);
    }

    [Fact]
    public void Load_NoFile_TakesTheModelsStopTokens()
    {
        using TemporaryFolder folder = new();
        GenerationConfig generation = GenerationConfig.Load(folder.Path, Config);
        Assert.Equal([594], generation.EosTokenIds);
        Assert.Equal(1.0, generation.RepetitionPenalty);
    }

    [Fact]
    public void Parse_OneStopToken() => Assert.Equal([7], Parse("{\"eos_token_id\":7}").EosTokenIds);

    [Fact]
    public void Parse_NeutralSettings_AreAccepted() => Assert.Equal(
        [594],
        Parse("{\"num_beams\":1,\"no_repeat_ngram_size\":0,\"bad_words_ids\":null,\"min_length\":0}").EosTokenIds);

    [Theory]
    [InlineData("{\"repetition_penalty\":0}", "config_value", "repetition_penalty = 0 (expected finite, > 0)")]
    [InlineData(
        "{\"repetition_penalty\":\"1.05\"}", "config_value",
        "repetition_penalty = '1.05' (expected finite, > 0)")]
    [InlineData("{\"repetition_penalty\":NaN}", "config_value", "repetition_penalty = NaN (expected finite, > 0)")]
    [InlineData("{\"eos_token_id\":1.5}", "config_value", "eos_token_id = 1.5 (expected a token id or a list of them)")]
    [InlineData("{\"num_beams\":4}", "config_unsupported", "num_beams = 4 (expected 1); ViCA does not use it")]
    [InlineData(
        "{\"no_repeat_ngram_size\":3}", "config_unsupported",
        "no_repeat_ngram_size = 3 (expected 0); ViCA does not use it")]
    [InlineData(
        "{\"suppress_tokens\":[1]}", "config_unsupported",
        "suppress_tokens = an array (expected null); ViCA does not use it")]
    [InlineData("{", "config_json", "invalid JSON at byte 1")]
    public void Parse_Refused(string json, string code, string message)
    {
        ModelConfigException exception = Assert.Throws<ModelConfigException>(() => Parse(json));
        Assert.Equal((code, "generation_config.json: " + message), (exception.Code, exception.Message));
    }

    [Fact]
    public void Parse_NoStopTokenAnywhere() => Assert.Equal(
        "generation_config.json: eos_token_id missing (expected a token id or a list of them)",
        Assert.Throws<ModelConfigException>(
            () => GenerationConfig.Parse("{}"u8, "generation_config.json", Config with { EosTokenIds = [] })).Message);

    private static GenerationConfig Parse(string json) =>
        GenerationConfig.Parse(Encoding.UTF8.GetBytes(json), "generation_config.json", Config);
}
