using System.Globalization;
using System.Text;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>Config files of the models that can be synthesised by name.</summary>
internal static class SyntheticModelTable
{
    // The published model's values.
    private const string Vica7B = """
        {
          "_name_or_path": "synthetic",
          "architectures": [
            "LlavaQwenForCausalLM"
          ],
          "model_type": "llava",
          "hidden_size": 3584,
          "intermediate_size": 18944,
          "num_hidden_layers": 28,
          "num_attention_heads": 28,
          "num_key_value_heads": 4,
          "vocab_size": 152064,
          "max_position_embeddings": 32768,
          "rope_theta": 1000000.0,
          "rope_scaling": null,
          "rms_norm_eps": 1e-06,
          "hidden_act": "silu",
          "attention_dropout": 0.0,
          "initializer_range": 0.02,
          "tie_word_embeddings": false,
          "use_sliding_window": false,
          "sliding_window": 131072,
          "max_window_layers": 28,
          "bos_token_id": 151643,
          "eos_token_id": 151645,
          "torch_dtype": "bfloat16",
          "transformers_version": "4.40.0.dev0",
          "use_cache": true,
          "mm_vision_tower": "google/siglip-so400m-patch14-384",
          "vision_tower_pretrained": null,
          "mm_hidden_size": 1152,
          "mm_projector_type": "mlp2x_gelu",
          "mm_vision_select_layer": -2,
          "mm_vision_select_feature": "patch",
          "mm_patch_merge_type": "spatial_unpad",
          "mm_newline_position": "grid",
          "mm_spatial_pool_mode": "bilinear",
          "mm_spatial_pool_stride": 2,
          "mm_resampler_type": null,
          "image_aspect_ratio": "anyres_max_9",
          "image_grid_pinpoints": PINPOINTS,
          "image_crop_resolution": null,
          "image_split_resolution": null,
          "add_faster_video": false,
          "faster_token_stride": 10,
          "add_time_instruction": true,
          "force_sample": true,
          "mm_use_im_start_end": false,
          "mm_use_im_patch_token": false,
          "mm_tunable_parts": "mm_vision_tower,mm_mlp_adapter,mm_language_model",
          "mm_vision_tower_lr": 2e-06,
          "mm_projector_lr": null,
          "tokenizer_model_max_length": 32768,
          "tokenizer_padding_side": "right",
          "use_mm_proj": true,
          "use_pos_skipping": false,
          "pos_skipping_range": 4096,
          "ignore_index": -100
        }

        """;

    private const string Tiny = """
        {
          "_name_or_path": "synthetic",
          "architectures": [
            "LlavaQwenForCausalLM"
          ],
          "model_type": "llava",
          LANGUAGE,
          "max_position_embeddings": 32768,
          "rope_theta": 1000000.0,
          "rope_scaling": null,
          "rms_norm_eps": 1e-06,
          "hidden_act": "silu",
          "attention_dropout": 0.0,
          "initializer_range": 0.02,
          "tie_word_embeddings": false,
          "use_sliding_window": false,
          "sliding_window": 131072,
          "max_window_layers": 28,
          "bos_token_id": 592,
          "eos_token_id": 594,
          "torch_dtype": "bfloat16",
          "transformers_version": "4.40.0.dev0",
          "use_cache": true,
          "mm_vision_tower": "google/siglip-so400m-patch14-384",
          "mm_vision_config": {
            VISION,
            "hidden_act": "gelu_pytorch_tanh",
            "layer_norm_eps": 1e-06
          },
          "mm_hidden_size": VISION_HIDDEN,
          "mm_projector_type": "mlp2x_gelu",
          "mm_vision_select_layer": -2,
          "mm_vision_select_feature": "patch",
          "mm_patch_merge_type": "spatial_unpad",
          "mm_newline_position": "grid",
          "mm_spatial_pool_mode": "bilinear",
          "mm_spatial_pool_stride": 2,
          "mm_resampler_type": null,
          "image_aspect_ratio": "anyres_max_9",
          "add_faster_video": false,
          "add_time_instruction": true,
          "force_sample": true,
          "mm_use_im_start_end": false,
          "mm_use_im_patch_token": false,
          "mm_tunable_parts": "mm_vision_tower,mm_mlp_adapter,mm_language_model",
          "tokenizer_model_max_length": 32768,
          "tokenizer_padding_side": "right",
          "use_mm_proj": true
        }

        """;

    private static readonly string[] LanguageKeys =
    [
        "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "vocab_size",
    ];

    private static readonly string[] VisionKeys =
    [
        "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "image_size", "patch_size",
    ];

    /// <summary>The names, for help and messages.</summary>
    public static IReadOnlyList<string> Names { get; } = ["vica-7b", "tiny-a", "tiny-b"];

    /// <summary>The text of `config.json` of a model by name, or null.</summary>
    public static byte[]? Config(string name) => name switch
    {
        "vica-7b" => Encoding.UTF8.GetBytes(Vica7B.Replace("PINPOINTS", Pinpoints(), StringComparison.Ordinal)),
        "tiny-a" => TinyConfig([256, 688, 3, 2, 1, 640], [144, 304, 4, 2, 384, 14]),
        "tiny-b" => TinyConfig([448, 600, 2, 7, 1, 608], [96, 200, 3, 3, 126, 14]),
        _ => null,
    };

    /// <summary>
    /// The text of `generation_config.json`, with the published model's settings and the token ids of a config.
    /// </summary>
    public static byte[] GenerationConfig(VicaConfig config, string fileName)
    {
        if (config.BosTokenId is not { } bos || config.EosTokenIds.Count == 0)
        {
            throw new ModelConfigException(
                ErrorCodes.ConfigValue, $"{PrintableText.Clip(fileName)}: bos_token_id or eos_token_id missing (expected both)");
        }
        string eos = string.Join(",\n    ", config.EosTokenIds.Append(bos).Distinct());
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "bos_token_id": {{bos}},
              "do_sample": true,
              "eos_token_id": [
                {{eos}}
              ],
              "pad_token_id": {{bos}},
              "repetition_penalty": 1.05,
              "temperature": 0.7,
              "top_k": 20,
              "top_p": 0.8,
              "transformers_version": "4.40.0.dev0"
            }

            """));
    }

    private static byte[] TinyConfig(int[] language, int[] vision) => Encoding.UTF8.GetBytes(Tiny
        .Replace("LANGUAGE", Lines(LanguageKeys, language, "  "), StringComparison.Ordinal)
        .Replace("VISION_HIDDEN", vision[0].ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("VISION", Lines(VisionKeys, vision, "    "), StringComparison.Ordinal));

    private static string Lines(string[] keys, int[] values, string indent) => string.Join(
        ",\n" + indent,
        keys.Zip(values, (key, value) => string.Create(CultureInfo.InvariantCulture, $"\"{key}\": {value}")));

    // {384, 768, …, 2304}², the first element outermost.
    private static string Pinpoints()
    {
        int[] sides = [384, 768, 1152, 1536, 1920, 2304];
        var pairs = from height in sides from width in sides select $"\n    [\n      {height},\n      {width}\n    ]";
        return $"[{string.Join(',', pairs)}\n  ]";
    }
}
