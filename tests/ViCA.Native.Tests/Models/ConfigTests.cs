using System.Text;
using System.Text.Json.Nodes;
using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Models.Vica;

namespace ViCA.Native.Tests.Models;

/// <summary>config.json: what is read, what is refused by name, what is ignored.</summary>
public class ConfigTests
{
    private const string Code = "config_value";

    private static string Fixture(string name) => Path.Combine(RepositoryPaths.Fixtures, name, "model");

    [Fact]
    public void Load_TinyA()
    {
        VicaConfig config = VicaConfig.Load(Fixture("tiny-a"));
        Qwen2Config language = config.Language;
        Assert.Equal((256, 688, 3), (language.HiddenSize, language.IntermediateSize, language.NumLayers));
        Assert.Equal((2, 1, 128), (language.NumHeads, language.NumKvHeads, language.HeadDim));
        Assert.Equal((1e6, 1e-6f), (language.RopeTheta, language.RmsNormEps));
        SigLipConfig vision = config.Vision;
        Assert.Equal((144, 304, 3), (vision.HiddenSize, vision.IntermediateSize, vision.NumLayers));
        Assert.Equal((2, 72), (vision.NumHeads, vision.HeadDim));
        Assert.Equal((384, 14, 27), (vision.ImageSize, vision.PatchSize, vision.PatchesPerSide));
        Assert.Equal((14, 210), (vision.PooledPerSide, vision.TokensPerFrame));
        Assert.Equal((32768, 32768, 640, 592),
            (config.TokenizerModelMaxLength, config.MaxContextLength, config.ConfigVocabSize, config.BosTokenId));
        Assert.Equal([594], config.EosTokenIds);
    }

    [Fact]
    public void Load_TinyB()
    {
        VicaConfig config = VicaConfig.Load(Fixture("tiny-b"));
        Qwen2Config language = config.Language;
        Assert.Equal((448, 7, 1, 64), (language.HiddenSize, language.NumHeads, language.NumKvHeads, language.HeadDim));
        SigLipConfig vision = config.Vision;
        Assert.Equal((126, 9), (vision.ImageSize, vision.PatchesPerSide));
        Assert.Equal((5, 30), (vision.PooledPerSide, vision.TokensPerFrame));
    }

    [Fact]
    public void Parse_WithoutVisionConfig_IsSo400m()
    {
        VicaConfig config = ParseWith("mm_vision_config", null, ("mm_hidden_size", "1152"));
        Assert.Equal(SigLipConfig.So400m, config.Vision);
        SigLipConfig vision = config.Vision;
        Assert.Equal((1152, 4304, 26), (vision.HiddenSize, vision.IntermediateSize, vision.NumLayers));
        Assert.Equal((16, 72, 1e-6f), (vision.NumHeads, vision.HeadDim, vision.LayerNormEps));
        Assert.Equal(210, vision.TokensPerFrame);
    }

    [Theory]
    [InlineData("vocab_size", null)]
    [InlineData("tokenizer_model_max_length", null)]
    [InlineData("rope_scaling", "{\"type\":\"dynamic\",\"factor\":4.0}")]
    [InlineData("mm_spatial_pool_stride", "4")]
    [InlineData("mm_vision_select_layer", "-1")]
    [InlineData("text_config", "{\"model_type\":\"llama\",\"hidden_size\":1}")]
    [InlineData("vision_config", "{\"hidden_size\":1}")]
    [InlineData("image_grid_pinpoints", "[[384,384],[384,768]]")]
    [InlineData("mm_vision_tower", "\"/data/models/siglip-so400m-patch14-384\"")]
    [InlineData("add_faster_video", null)]
    [InlineData("hidden_act", null)]
    [InlineData("tie_word_embeddings", null)]
    [InlineData("use_sliding_window", null)]
    [InlineData("auto_map", "{\"AutoConfig\":\"evil.py\"}")]
    [InlineData("model_type", "\"qwen2\"")]
    public void Parse_Ignored(string key, string? json) => Assert.Equal(256, ParseWith(key, json).Language.HiddenSize);

    [Fact]
    public void Parse_EosList() => Assert.Equal([594, 592], ParseWith("eos_token_id", "[594,592]").EosTokenIds);

    [Theory]
    [InlineData("eos_token_id", "\"x\"", "eos_token_id = 'x' (expected a token id or a list of them)")]
    [InlineData("eos_token_id", "[]", "eos_token_id = an array (expected a token id or a list of them)")]
    [InlineData("eos_token_id", "[-1]", "eos_token_id = an array (expected a token id or a list of them)")]
    [InlineData("hidden_size", "0", "hidden_size = 0 (expected 1 to 65536)")]
    [InlineData("hidden_size", "-256", "hidden_size = -256 (expected 1 to 65536)")]
    [InlineData("hidden_size", "256.5", "hidden_size = 256.5 (expected 1 to 65536)")]
    [InlineData("hidden_size", "2147483648", "hidden_size = 2147483648 (expected 1 to 65536)")]
    [InlineData("hidden_size", "\"256\"", "hidden_size = '256' (expected 1 to 65536)")]
    [InlineData("hidden_size", null, "hidden_size missing (expected 1 to 65536)")]
    [InlineData("intermediate_size", "true", "intermediate_size = true (expected 1 to 1048576)")]
    [InlineData("num_hidden_layers", "1000000", "num_hidden_layers = 1000000 (expected 1 to 512)")]
    [InlineData("num_attention_heads", "27", "num_attention_heads = 27 does not divide hidden_size = 256")]
    [InlineData("num_attention_heads", "256", "hidden_size / num_attention_heads = 1 (expected an even number)")]
    [InlineData("num_key_value_heads", "3", "num_key_value_heads = 3 does not divide num_attention_heads = 2")]
    [InlineData("rope_theta", "0", "rope_theta = 0 (expected finite, > 0)")]
    [InlineData("rope_theta", "-1.5", "rope_theta = -1.5 (expected finite, > 0)")]
    [InlineData("rope_theta", "1e400", "rope_theta = Infinity (expected finite, > 0)")]
    [InlineData("rope_theta", "\"10000\"", "rope_theta = '10000' (expected finite, > 0)")]
    [InlineData("rms_norm_eps", "null", "rms_norm_eps missing (expected finite, > 0)")]
    [InlineData("mm_hidden_size", "1152", "mm_hidden_size = 1152 (expected 144, the vision tower's hidden_size)")]
    [InlineData("image_grid_pinpoints", "\"[(384, 768)]\"", "image_grid_pinpoints must be a list of integer pairs")]
    [InlineData("image_grid_pinpoints", "[[384]]", "image_grid_pinpoints must be a list of integer pairs")]
    [InlineData("image_grid_pinpoints", "[[384,1.5]]", "image_grid_pinpoints must be a list of integer pairs")]
    [InlineData(
        "mm_vision_tower", "\"../../etc/passwd\"",
        "mm_vision_tower = '../../etc/passwd' (expected a name without '..')")]
    [InlineData("mm_vision_config", "7", "mm_vision_config = 7 (expected an object)")]
    [InlineData("mm_newline_position", null, "mm_newline_position missing (expected grid)")]
    [InlineData("mm_spatial_pool_mode", null, "mm_spatial_pool_mode missing (expected bilinear)")]
    [InlineData("mm_projector_type", null, "mm_projector_type missing (expected mlp2x_gelu)")]
    [InlineData("mm_patch_merge_type", null, "mm_patch_merge_type missing (expected a type with 'unpad')")]
    [InlineData("add_faster_video", "\"yes\"", "add_faster_video = 'yes' (expected true or false)")]
    [InlineData("vocab_size", "-1", "vocab_size = -1 (expected 1 to 2147483647)")]
    public void Parse_WrongValue(string key, string? json, string message) => Refused(key, json, Code, message);

    [Theory]
    [InlineData("add_faster_video", "true", "add_faster_video = true (expected false)")]
    [InlineData("mm_newline_position", "\"one_token\"", "mm_newline_position = 'one_token' (expected grid)")]
    [InlineData("mm_spatial_pool_mode", "\"average\"", "mm_spatial_pool_mode = 'average' (expected bilinear)")]
    [InlineData("mm_patch_merge_type", "\"flat\"", "mm_patch_merge_type = 'flat' (expected a type with 'unpad')")]
    [InlineData("mm_resampler_type", "\"qformer\"", "mm_resampler_type = 'qformer' (expected null)")]
    [InlineData("mm_projector_type", "\"linear\"", "mm_projector_type = 'linear' (expected mlp2x_gelu)")]
    [InlineData("tie_word_embeddings", "true", "tie_word_embeddings = true (expected false)")]
    [InlineData("use_sliding_window", "true", "use_sliding_window = true (expected false)")]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act = 'gelu' (expected silu)")]
    [InlineData("quantization_config", "{}", "quantization_config = an object (expected null)")]
    public void Parse_WhatViCADoesNotUse(string key, string json, string message) =>
        Refused(key, json, "config_unsupported", message + "; ViCA does not use it");

    [Theory]
    [InlineData(
        "\"openai/clip-vit\"",
        "config_unsupported",
        "mm_vision_tower = 'openai/clip-vit' (expected google/siglip-so400m-patch14-384); ViCA does not use it")]
    [InlineData(null, Code, "mm_vision_tower missing (expected google/siglip-so400m-patch14-384)")]
    public void Parse_OtherTowerWithoutSizes(string? tower, string code, string message)
    {
        ModelConfigException exception = Assert.Throws<ModelConfigException>(
            () => ParseWith("mm_vision_config", null, ("mm_vision_tower", tower)));
        Assert.Equal((code, "config.json: " + message), (exception.Code, exception.Message));
    }

    [Theory]
    [InlineData("num_hidden_layers", "1", "num_hidden_layers = 1 (expected 2 to 512)")]
    [InlineData("num_attention_heads", "5", "num_attention_heads = 5 does not divide hidden_size = 144")]
    [InlineData("patch_size", "400", "patch_size = 400 (expected at most image_size = 384)")]
    [InlineData("image_size", "5000", "image_size = 5000 (expected 1 to 4096)")]
    [InlineData("layer_norm_eps", "0", "layer_norm_eps = 0 (expected finite, > 0)")]
    public void Parse_WrongVisionSize(string key, string json, string message)
    {
        JsonNode vision = Parsed()["mm_vision_config"]!;
        vision[key] = JsonNode.Parse(json);
        Refused("mm_vision_config", vision.ToJsonString(), Code, "mm_vision_config." + message);
    }

    [Theory]
    [InlineData("[\"X\"]", "architectures[0] = 'X' (expected LlavaQwenForCausalLM)")]
    [InlineData("[]", "architectures is not a list of names (expected LlavaQwenForCausalLM)")]
    [InlineData("\"LlavaQwenForCausalLM\"", "architectures is not a list of names (expected LlavaQwenForCausalLM)")]
    [InlineData(null, "architectures missing (expected LlavaQwenForCausalLM)")]
    public void Parse_Architecture(string? json, string message) =>
        Refused("architectures", json, "config_architecture", message);

    [Theory]
    [InlineData("", "file is empty")]
    [InlineData("{", "invalid JSON at byte 1")]
    [InlineData("[]", "is Array (expected Object)")]
    [InlineData("{\"hidden_size\":1,\"hidden_size\":2}", "duplicate property 'hidden_size'")]
    [InlineData("{\"a\":{\"b\":1,\"\\u0062\":2}}", "duplicate property 'b'")]
    [InlineData("{\"a\":\"\\udc00\"}", "half a surrogate pair at byte 5")]
    [InlineData("{\"a\":1} // note", "invalid JSON at byte 8")]
    public void Parse_Json(string text, string message) =>
        RefusedText(Encoding.UTF8.GetBytes(text), "config_json", message);

    [Fact]
    public void Parse_Utf8() =>
        RefusedText([.. "{\"a"u8, 0xC3, .. "\":1}"u8], "config_json", "invalid UTF-8 at byte 3");

    [Fact]
    public void Parse_TooLarge() => RefusedText(
        new byte[1_000_001], "config_json", "file has 1000001 bytes (expected at most 1000000)");

    [Theory]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    public void Parse_NaN(string word) => RefusedText(
        Encoding.UTF8.GetBytes($"{{\"rope_theta\": {word}}}"), Code, $"rope_theta = {word} (expected finite, > 0)");

    [Fact]
    public void Load_Missing()
    {
        using TemporaryFolder folder = new();
        ModelConfigException exception = Assert.Throws<ModelConfigException>(() => VicaConfig.Load(folder.Path));
        Assert.Equal("config_missing", exception.Code);
        Assert.Equal("config.json not found in the model folder", exception.Message);
        Assert.Equal(3, exception.ExitCode);
    }

    [Fact]
    public void Load_TooLarge_IsRefusedUnread()
    {
        using TemporaryFolder folder = new();
        folder.Write("config.json", new byte[1_000_001]);
        Assert.Equal(
            "config.json: file has 1000001 bytes (expected at most 1000000)",
            Assert.Throws<ModelConfigException>(() => VicaConfig.Load(folder.Path)).Message);
        folder.AssertReleased();
    }

    private static JsonObject Parsed() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Fixture("tiny-a"), "config.json")))!.AsObject();

    private static VicaConfig ParseWith(string key, string? json, params (string Key, string? Json)[] more)
    {
        JsonObject config = Parsed();
        foreach ((string name, string? text) in more.Prepend((key, json)))
        {
            config.Remove(name);
            if (text is not null)
                config[name] = JsonNode.Parse(text);
        }
        return VicaConfig.Parse(Encoding.UTF8.GetBytes(config.ToJsonString()), "config.json");
    }

    private static void Refused(string key, string? json, string code, string message)
    {
        ModelConfigException exception = Assert.Throws<ModelConfigException>(() => ParseWith(key, json));
        Assert.Equal((code, "config.json: " + message, 3), (exception.Code, exception.Message, exception.ExitCode));
    }

    private static void RefusedText(byte[] text, string code, string message)
    {
        ModelConfigException exception =
            Assert.Throws<ModelConfigException>(() => VicaConfig.Parse(text, "config.json"));
        Assert.Equal((code, "config.json: " + message), (exception.Code, exception.Message));
    }
}
