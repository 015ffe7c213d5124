using System.Text.Json;
using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Models.Vica;

/// <summary>
/// What `config.json` says: the flat Qwen2 fields, the `mm_…` fields, and `mm_vision_config`, a key of ours for towers
/// that are not SigLIP so400m. Nested `text_config` and `vision_config` are noise that a save left there, and
/// `rope_scaling`, `mm_spatial_pool_stride` and `mm_vision_select_layer` are not read by the reference either: all are
/// ignored.
/// </summary>
public sealed record VicaConfig
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "config.json";

    private const string Architecture = "LlavaQwenForCausalLM";
    private const string Tower = "siglip-so400m-patch14-384";
    private const int MaxLayers = 512;
    private const int MaxHeads = 1024;
    private const int MaxWidth = 1 << 16;
    private const int MaxIntermediate = 1 << 20;
    private const int MaxPositions = 1 << 24;

    /// <summary>The language model.</summary>
    public required Qwen2Config Language { get; init; }

    /// <summary>The vision tower.</summary>
    public required SigLipConfig Vision { get; init; }

    /// <summary>Tokens that a prompt may have, by the tokenizer's own setting.</summary>
    public required int TokenizerModelMaxLength { get; init; }

    /// <summary>
    /// `vocab_size` when the file has it. It may be absent or wrong in published files: the rows of the embedding
    /// count.
    /// </summary>
    public int? ConfigVocabSize { get; init; }

    public int? BosTokenId { get; init; }

    /// <summary>The stop tokens, used where `generation_config.json` has none; may be empty.</summary>
    public required IReadOnlyList<int> EosTokenIds { get; init; }

    /// <summary>The longest sequence, video and new tokens included.</summary>
    public int MaxContextLength => Math.Min(Language.MaxPositionEmbeddings, TokenizerModelMaxLength);

    /// <summary>Reads `config.json` of a model folder. Throws <see cref="ModelConfigException"/>.</summary>
    public static VicaConfig Load(string folder) => Parse(StrictJson.ReadFile(folder, FileName), FileName);

    /// <summary>Reads the text of a config file; messages name it <paramref name="fileName"/>.</summary>
    public static VicaConfig Parse(ReadOnlySpan<byte> json, string fileName)
    {
        ConfigReader config = new(StrictJson.Parse(json, fileName), fileName);
        CheckArchitecture(config);
        RefuseWhatViCADoesNotUse(config);
        CheckPinpoints(config);
        Qwen2Config language = ReadLanguage(config);
        SigLipConfig vision = ReadVision(config);
        int width = config.Integer("mm_hidden_size", 1, MaxWidth, vision.HiddenSize);
        if (width != vision.HiddenSize)
        {
            string what = $"mm_hidden_size = {width} (expected {vision.HiddenSize}, the vision tower's hidden_size)";
            throw config.Error(ErrorCodes.ConfigValue, what);
        }
        return new VicaConfig
        {
            Language = language,
            Vision = vision,
            TokenizerModelMaxLength =
                config.Integer("tokenizer_model_max_length", 1, int.MaxValue, language.MaxPositionEmbeddings),
            ConfigVocabSize = config.Find("vocab_size") is null ? null : config.Integer("vocab_size", 1, int.MaxValue),
            BosTokenId = config.Find("bos_token_id") is null ? null : config.Integer("bos_token_id", 0, int.MaxValue),
            EosTokenIds = TokenIds.Read(config, "eos_token_id"),
        };
    }

    private static void CheckArchitecture(ConfigReader config)
    {
        if (config.Find("architectures") is not { } names)
            throw config.Error(ErrorCodes.ConfigArchitecture, $"architectures missing (expected {Architecture})");
        bool isList = names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0
            && names[0].ValueKind == JsonValueKind.String;
        if (!isList)
        {
            string what = $"architectures is not a list of names (expected {Architecture})";
            throw config.Error(ErrorCodes.ConfigArchitecture, what);
        }
        string name = names[0].GetString()!;
        if (name != Architecture)
        {
            string what = $"architectures[0] = '{PrintableText.Clip(name)}' (expected {Architecture})";
            throw config.Error(ErrorCodes.ConfigArchitecture, what);
        }
    }

    // What a missing key means is the reference's default, which for the mm_ keys is another model.
    private static void RefuseWhatViCADoesNotUse(ConfigReader config)
    {
        config.RequireFalse("add_faster_video");
        config.RequireText("mm_newline_position", "grid", missing: null);
        config.RequireText("mm_spatial_pool_mode", "bilinear", missing: null);
        config.RequireText("mm_projector_type", "mlp2x_gelu", missing: null);
        config.RequireNull("mm_resampler_type");
        config.RequireFalse("tie_word_embeddings");
        config.RequireFalse("use_sliding_window");
        config.RequireText("hidden_act", "silu", missing: "silu");
        config.RequireNull("quantization_config");
        const string MergeType = "mm_patch_merge_type";
        const string Unpad = "a type with 'unpad'";
        if (config.Text(MergeType) is not { } merge)
            throw config.Missing(MergeType, Unpad);
        if (!merge.Contains("unpad", StringComparison.Ordinal))
            throw config.Unsupported(MergeType, config.Find(MergeType)!.Value, Unpad);
    }

    // Older files hold the pinpoints as Python code in a string. They serve still images only; nothing is evaluated.
    private static void CheckPinpoints(ConfigReader config)
    {
        if (config.Find("image_grid_pinpoints") is not { } pinpoints)
            return;
        bool right = pinpoints.ValueKind == JsonValueKind.Array && pinpoints.EnumerateArray().All(IsPair);
        if (!right)
            throw config.Error(ErrorCodes.ConfigValue, "image_grid_pinpoints must be a list of integer pairs");

        static bool IsPair(JsonElement pair) => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
            && pair.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt32(out _));
    }

    private static Qwen2Config ReadLanguage(ConfigReader config)
    {
        Qwen2Config language = new()
        {
            HiddenSize = config.Integer("hidden_size", 1, MaxWidth),
            IntermediateSize = config.Integer("intermediate_size", 1, MaxIntermediate),
            NumLayers = config.Integer("num_hidden_layers", 1, MaxLayers),
            NumHeads = config.Integer("num_attention_heads", 1, MaxHeads),
            NumKvHeads = config.Integer("num_key_value_heads", 1, MaxHeads),
            MaxPositionEmbeddings = config.Integer("max_position_embeddings", 1, MaxPositions),
            RopeTheta = config.Positive("rope_theta"),
            RmsNormEps = (float)config.Positive("rms_norm_eps"),
        };
        CheckHeads(config, language.NumHeads, language.HiddenSize, "");
        if (language.NumHeads % language.NumKvHeads != 0)
        {
            string what = $"num_key_value_heads = {language.NumKvHeads} does not divide "
                + $"num_attention_heads = {language.NumHeads}";
            throw config.Error(ErrorCodes.ConfigValue, what);
        }
        if (language.HeadDim % 2 != 0)
        {
            string what = $"hidden_size / num_attention_heads = {language.HeadDim} (expected an even number)";
            throw config.Error(ErrorCodes.ConfigValue, what);
        }
        return language;
    }

    private static SigLipConfig ReadVision(ConfigReader config)
    {
        const string TowerKey = "mm_vision_tower";
        string? tower = config.Text(TowerKey);
        if (tower?.Contains("..", StringComparison.Ordinal) == true)
            throw config.Wrong(TowerKey, config.Find(TowerKey)!.Value, "a name without '..'");
        if (config.Object("mm_vision_config") is { } vision)
            return ReadVisionSizes(vision);
        if (tower is null)
            throw config.Missing(TowerKey, $"google/{Tower}");
        // Only the name counts: the tower's weights are in the checkpoint, and the path is never opened.
        if (tower.Split('/')[^1] != Tower)
            throw config.Unsupported(TowerKey, config.Find(TowerKey)!.Value, $"google/{Tower}");
        return SigLipConfig.So400m;
    }

    private static SigLipConfig ReadVisionSizes(ConfigReader config)
    {
        const int MaxImage = 4096;
        config.RequireText("hidden_act", "gelu_pytorch_tanh", missing: "gelu_pytorch_tanh");
        SigLipConfig vision = new()
        {
            HiddenSize = config.Integer("hidden_size", 1, MaxWidth),
            IntermediateSize = config.Integer("intermediate_size", 1, MaxIntermediate),
            NumLayers = config.Integer("num_hidden_layers", 2, MaxLayers) - 1,
            NumHeads = config.Integer("num_attention_heads", 1, MaxHeads),
            ImageSize = config.Integer("image_size", 1, MaxImage),
            PatchSize = config.Integer("patch_size", 1, MaxImage),
            LayerNormEps = (float)config.Positive("layer_norm_eps", 1e-6),
        };
        CheckHeads(config, vision.NumHeads, vision.HiddenSize, "mm_vision_config.");
        if (vision.PatchesPerSide == 0)
        {
            string what = $"mm_vision_config.patch_size = {vision.PatchSize} (expected at most image_size = "
                + $"{vision.ImageSize})";
            throw config.Error(ErrorCodes.ConfigValue, what);
        }
        return vision;
    }

    private static void CheckHeads(ConfigReader config, int numHeads, int hiddenSize, string prefix)
    {
        if (hiddenSize % numHeads == 0)
            return;
        string what = $"{prefix}num_attention_heads = {numHeads} does not divide hidden_size = {hiddenSize}";
        throw config.Error(ErrorCodes.ConfigValue, what);
    }
}
