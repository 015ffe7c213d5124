using System.Text.RegularExpressions;
using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Models.Vica;

/// <summary>The tensors of a ViCA checkpoint: names, shapes and order, as its state dictionary has them.</summary>
public static partial class VicaTensors
{
    /// <summary>Rows are token ids. Its first dimension is the size of the vocabulary.</summary>
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>What all names of the vision tower begin with.</summary>
    public const string VisionPrefix = "model.vision_tower.vision_tower.vision_model.";

    private const string PostLayerNorm = VisionPrefix + "post_layernorm.";

    /// <summary>Everything that a complete checkpoint stores, in its order.</summary>
    public static IReadOnlyList<(string Name, long[] Shape)> Stored(VicaConfig config, long vocabularyRows)
    {
        long hidden = config.Language.HiddenSize;
        long visionHidden = config.Vision.HiddenSize;
        List<(string Name, long[] Shape)> tensors =
        [
            ("model.image_newline", [hidden]),
            (Embedding, [vocabularyRows, hidden]),
        ];
        for (int layer = 0; layer < config.Language.NumLayers; layer++)
            tensors.AddRange(LanguageLayer($"model.layers.{layer}.", config.Language));
        tensors.Add(("model.norm.weight", [hidden]));
        tensors.AddRange(VisionTower(config.Vision));
        tensors.Add(("model.mm_projector.0.weight", [hidden, visionHidden]));
        tensors.Add(("model.mm_projector.0.bias", [hidden]));
        tensors.Add(("model.mm_projector.2.weight", [hidden, hidden]));
        tensors.Add(("model.mm_projector.2.bias", [hidden]));
        tensors.Add(("lm_head.weight", [vocabularyRows, hidden]));
        return tensors;
    }

    /// <summary>
    /// What the model needs: <see cref="Stored"/> without <see cref="IsOptional"/>, in the same order.
    /// </summary>
    public static IReadOnlyList<(string Name, long[] Shape)> Required(VicaConfig config, long vocabularyRows) =>
        [.. Stored(config, vocabularyRows).Where(tensor => !IsOptional(tensor.Name))];

    /// <summary>Tensors that are stored and never used: the tower's norm after the last layer.</summary>
    public static bool IsOptional(string name) => name.StartsWith(PostLayerNorm, StringComparison.Ordinal);

    /// <summary>
    /// Tensors that some checkpoints carry and that the reference drops or recomputes: tower layers beyond those that
    /// run, the tower's pooling head, the resampler, rotary frequencies and position ids.
    /// </summary>
    public static bool IsIgnored(VicaConfig config, string name)
    {
        if (IsNeverUsed(name))
            return true;
        return name.StartsWith(VisionPrefix, StringComparison.Ordinal)
            && LayerIndex().Match(name, VisionPrefix.Length) is { Success: true } match
            && int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
                >= config.Vision.NumLayers;
    }

    /// <summary>Those of <see cref="IsIgnored"/> that no config can ask for; their element type may be any.</summary>
    public static bool IsNeverUsed(string name) =>
        name.StartsWith(VisionPrefix + "head.", StringComparison.Ordinal)
        || name.StartsWith("model.vision_resampler.", StringComparison.Ordinal)
        || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
        || name.EndsWith(".position_ids", StringComparison.Ordinal);

    /// <summary>
    /// Checks a checkpoint against its config: every required tensor there with its shape, and none that this model
    /// does not have. Returns the rows of the vocabulary. Throws <see cref="WeightsFormatException"/>.
    /// </summary>
    public static int Check(Checkpoint checkpoint, VicaConfig config)
    {
        int rows = VocabularyRows(checkpoint, config);
        IReadOnlyList<(string Name, long[] Shape)> stored = Stored(config, rows);
        checkpoint.RequireAll(stored.Where(t => !IsOptional(t.Name) || checkpoint.Tensors.ContainsKey(t.Name)));
        HashSet<string> known = [.. stored.Select(tensor => tensor.Name)];
        List<string> unexpected = [.. checkpoint.Tensors.Keys
            .Where(name => !known.Contains(name) && !IsIgnored(config, name))
            .Order(StringComparer.Ordinal)
            .Select(name => $"'{PrintableText.Clip(name)}'")];
        if (unexpected.Count > 0)
        {
            string count = unexpected.Count == 1 ? "1 tensor" : $"{unexpected.Count} tensors";
            throw new WeightsFormatException(
                ErrorCodes.WeightsTensorUnexpected,
                $"{checkpoint.LayoutName}: {count} that ViCA does not have: {PrintableText.List(unexpected)}");
        }
        return rows;
    }

    /// <summary>
    /// Checks that every token id has a row in the embedding. <paramref name="largestTokenId"/> is the tokenizer's.
    /// Throws <see cref="ModelConfigException"/>.
    /// </summary>
    public static void CheckTokenIds(long vocabularyRows, int largestTokenId, IEnumerable<int> eosTokenIds)
    {
        if (largestTokenId >= vocabularyRows)
            throw OutsideVocabulary($"tokenizer: token id {largestTokenId}");
        foreach (int id in eosTokenIds)
        {
            if (id >= vocabularyRows)
                throw OutsideVocabulary($"{GenerationConfig.FileName}: eos_token_id: token id {id}");
        }

        ModelConfigException OutsideVocabulary(string subject) =>
            new(ErrorCodes.ConfigVocab, $"{subject} (expected < {vocabularyRows})");
    }

    private static int VocabularyRows(Checkpoint checkpoint, VicaConfig config)
    {
        if (!checkpoint.Tensors.TryGetValue(Embedding, out CheckpointTensor? embedding))
            checkpoint.RequireAll(Required(config, vocabularyRows: 1)); // throws: names do not depend on the rows
        if (embedding!.Shape.Count == 2 && embedding.Shape[0] is > 0 and <= int.MaxValue)
            return (int)embedding.Shape[0];
        throw new WeightsFormatException(
            ErrorCodes.WeightsShapeConfig,
            $"{checkpoint.LayoutName}: '{Embedding}' is {PrintableText.Shape(embedding.Shape)} "
                + $"(expected [vocabulary,{config.Language.HiddenSize}])");
    }

    private static IEnumerable<(string Name, long[] Shape)> LanguageLayer(string prefix, Qwen2Config config)
    {
        long hidden = config.HiddenSize;
        long intermediate = config.IntermediateSize;
        long kv = (long)config.HeadDim * config.NumKvHeads;
        foreach ((string name, long rows) in new[] { ("q_proj", hidden), ("k_proj", kv), ("v_proj", kv) })
        {
            yield return (prefix + $"self_attn.{name}.weight", [rows, hidden]);
            yield return (prefix + $"self_attn.{name}.bias", [rows]);
        }
        yield return (prefix + "self_attn.o_proj.weight", [hidden, hidden]);
        yield return (prefix + "mlp.gate_proj.weight", [intermediate, hidden]);
        yield return (prefix + "mlp.up_proj.weight", [intermediate, hidden]);
        yield return (prefix + "mlp.down_proj.weight", [hidden, intermediate]);
        yield return (prefix + "input_layernorm.weight", [hidden]);
        yield return (prefix + "post_attention_layernorm.weight", [hidden]);
    }

    private static IEnumerable<(string Name, long[] Shape)> VisionTower(SigLipConfig config)
    {
        long hidden = config.HiddenSize;
        long intermediate = config.IntermediateSize;
        long patches = (long)config.PatchesPerSide * config.PatchesPerSide;
        const string Embeddings = VisionPrefix + "embeddings.";
        yield return (Embeddings + "patch_embedding.weight", [hidden, 3, config.PatchSize, config.PatchSize]);
        yield return (Embeddings + "patch_embedding.bias", [hidden]);
        yield return (Embeddings + "position_embedding.weight", [patches, hidden]);
        for (int layer = 0; layer < config.NumLayers; layer++)
        {
            string prefix = $"{VisionPrefix}encoder.layers.{layer}.";
            foreach (string name in (string[])["k_proj", "v_proj", "q_proj", "out_proj"])
            {
                yield return (prefix + $"self_attn.{name}.weight", [hidden, hidden]);
                yield return (prefix + $"self_attn.{name}.bias", [hidden]);
            }
            foreach (string name in (string[])["layer_norm1", "layer_norm2"])
            {
                yield return (prefix + name + ".weight", [hidden]);
                yield return (prefix + name + ".bias", [hidden]);
            }
            yield return (prefix + "mlp.fc1.weight", [intermediate, hidden]);
            yield return (prefix + "mlp.fc1.bias", [intermediate]);
            yield return (prefix + "mlp.fc2.weight", [hidden, intermediate]);
            yield return (prefix + "mlp.fc2.bias", [hidden]);
        }
        yield return (PostLayerNorm + "weight", [hidden]);
        yield return (PostLayerNorm + "bias", [hidden]);
    }

    [GeneratedRegex(@"\Gencoder\.layers\.([0-9]{1,6})\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LayerIndex();
}
