using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica inspect model`: what a model folder holds.</summary>
internal sealed class InspectModelCommand : Verb
{
    private readonly Option<string?> _model = ModelArguments.ModelOption();

    public InspectModelCommand()
        : base("model", "Shows what a model folder holds: sizes of the networks, tokenizer, stop tokens, hashes.")
    {
        Add(_model);
        Examples = ["vica inspect model --model DIR", "vica inspect model --model nkkbr/ViCA --json"];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        string folder = ModelFolderResolver.Resolve(line.GetValue(_model));
        WeightsReport weights = WeightsVerification.Run(folder, checkValues: false, null, cancellationToken);
        VicaConfig config = VicaConfig.Load(folder);
        GenerationConfig generation = GenerationConfig.Load(folder, config);
        BpeTokenizer tokenizer = BpeTokenizer.Load(folder);
        foreach (string notice in weights.Folder.Notices)
            console.Notice($"note: {notice}");
        if (console.Json)
            console.WriteJson(json => WriteJson(json, folder, config, generation, tokenizer, weights));
        else
            Columns.Write(console.Output, Rows(folder, config, generation, tokenizer, weights));
        return Task.FromResult(ExitCodes.Ok);
    }

    private static List<string[]> Rows(
        string folder, VicaConfig config, GenerationConfig generation, BpeTokenizer tokenizer, WeightsReport weights)
    {
        Qwen2Config language = config.Language;
        SigLipConfig vision = config.Vision;
        return
        [
            ["path", folder],
            ["language", $"Qwen2, {language.NumLayers} layers, hidden {language.HiddenSize}, "
                + $"MLP {language.IntermediateSize}, {language.NumHeads} heads of {language.HeadDim}, "
                + $"{language.NumKvHeads} for keys and values"],
            ["vision", $"SigLIP, {vision.NumLayers} layers, hidden {vision.HiddenSize}, MLP {vision.IntermediateSize}, "
                + $"{vision.NumHeads} heads of {vision.HeadDim}, "
                + $"{vision.ImageSize} pixels in patches of {vision.PatchSize}"],
            ["frame", $"{vision.TokensPerFrame} tokens "
                + $"({vision.PooledPerSide} rows of {vision.PooledPerSide} and a newline)"],
            ["context", $"{config.MaxContextLength} tokens"],
            ["tokenizer", $"{tokenizer.Length} tokens; embedding of {weights.VocabularyRows} rows"],
            ["stop tokens", string.Join(' ', generation.EosTokenIds)],
            ["penalty", generation.RepetitionPenalty.ToString(CultureInfo.InvariantCulture) + " for repetition"],
            ["weights", $"{weights.TensorCount} tensors, {weights.ParameterCount} values, "
                + $"{DiskSpace.Format(weights.WeightBytes)} in {weights.Files.Count} files"],
            ["types", string.Join(", ", weights.ElementTypes.Select(type => $"{type.Value} {type.Key}"))],
            ["config", $"SHA-256 {weights.Folder.ConfigSha256}"],
            ["index", $"SHA-256 {weights.Folder.IndexSha256}"],
        ];
    }

    private static void WriteJson(
        Utf8JsonWriter json,
        string folder,
        VicaConfig config,
        GenerationConfig generation,
        BpeTokenizer tokenizer,
        WeightsReport weights)
    {
        json.WriteString("path", folder);
        json.WriteString("configSha256", weights.Folder.ConfigSha256);
        json.WriteString("indexSha256", weights.Folder.IndexSha256);
        WriteLanguage(json, config.Language);
        WriteVision(json, config.Vision);
        json.WriteNumber("contextLimit", config.MaxContextLength);
        json.WriteNumber("tokenizerLength", tokenizer.Length);
        json.WriteNumber("vocabularyRows", weights.VocabularyRows);
        AnswerOutput.WriteIds(json, "eosTokenIds", generation.EosTokenIds);
        json.WriteNumber("repetitionPenalty", generation.RepetitionPenalty);
        json.WriteNumber("tensorCount", weights.TensorCount);
        json.WriteNumber("parameterCount", weights.ParameterCount);
        json.WriteNumber("weightBytes", weights.WeightBytes);
        json.WriteStartArray("files");
        foreach (string file in weights.Folder.Files)
            json.WriteStringValue(file);
        json.WriteEndArray();
    }

    private static void WriteLanguage(Utf8JsonWriter json, Qwen2Config language)
    {
        json.WriteStartObject("language");
        json.WriteNumber("numLayers", language.NumLayers);
        json.WriteNumber("hiddenSize", language.HiddenSize);
        json.WriteNumber("intermediateSize", language.IntermediateSize);
        json.WriteNumber("numHeads", language.NumHeads);
        json.WriteNumber("numKvHeads", language.NumKvHeads);
        json.WriteNumber("headDim", language.HeadDim);
        json.WriteEndObject();
    }

    private static void WriteVision(Utf8JsonWriter json, SigLipConfig vision)
    {
        json.WriteStartObject("vision");
        json.WriteNumber("numLayers", vision.NumLayers);
        json.WriteNumber("hiddenSize", vision.HiddenSize);
        json.WriteNumber("intermediateSize", vision.IntermediateSize);
        json.WriteNumber("numHeads", vision.NumHeads);
        json.WriteNumber("imageSize", vision.ImageSize);
        json.WriteNumber("patchSize", vision.PatchSize);
        json.WriteNumber("tokensPerFrame", vision.TokensPerFrame);
        json.WriteEndObject();
    }
}
