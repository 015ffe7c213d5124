using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>Makes model folders whose weights follow from <see cref="SyntheticWeights"/>.</summary>
public static class WeightsSynthesis
{
    private const int ChunkElements = 1 << 24;

    // Config files, headers and the index, generously.
    private const long OtherFilesBytes = 1_000_000;

    private static readonly string[] TokenizerFiles =
    [
        "tokenizer.json", "vocab.json", "merges.txt", "added_tokens.json", "special_tokens_map.json",
        "tokenizer_config.json",
    ];

    /// <summary>The names that <see cref="SynthesisRequest.Like"/> knows.</summary>
    public static IReadOnlyList<string> ModelNames => SyntheticModelTable.Names;

    /// <summary>
    /// Makes the folder: config, generation config, tokenizer files and weights, in the files that transformers would
    /// write. It appears when it is complete; a failure or a cancellation leaves nothing. Throws the errors of config
    /// and tokenizer, <see cref="UsageException"/> `usage_output`, `usage_option` and <see cref="ResourceException"/>.
    /// </summary>
    public static SynthesisResult Run(
        SynthesisRequest request,
        IProgress<ByteProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        byte[] configJson = ReadConfig(request.Like);
        VicaConfig config = VicaConfig.Parse(configJson, PrintableText.Clip(request.Like));
        int rows = config.ConfigVocabSize ?? throw new ModelConfigException(
            ErrorCodes.ConfigValue,
            $"{PrintableText.Clip(request.Like)}: vocab_size missing (expected the embedding's rows)");
        byte[] generationJson = SyntheticModelTable.GenerationConfig(config, request.Like);
        List<string> tokenizerFiles = FindTokenizer(request.TokenizerFolder);
        ShardPlan plan = ShardPlan.Of(
            VicaTensors.Stored(config, rows).Select(t => new TensorDeclaration(t.Name, DType.BF16, t.Shape)));

        using StagedFolder folder = StagedFolder.Create(request.OutputFolder, request.Overwrite);
        long tokenizerBytes = tokenizerFiles.Sum(name => new FileInfo(Path.Combine(request.TokenizerFolder, name)).Length);
        DiskSpace.Require(folder.Stage, plan.TotalBytes + tokenizerBytes + OtherFilesBytes, request.OutputFolder);
        try
        {
            File.WriteAllBytes(Path.Combine(folder.Stage, VicaConfig.FileName), configJson);
            File.WriteAllBytes(Path.Combine(folder.Stage, GenerationConfig.FileName), generationJson);
            foreach (string name in tokenizerFiles)
                CopyTokenizerFile(request.TokenizerFolder, folder.Stage, name);
            WriteWeights(plan, request.Seed, folder.Stage, progress, cancellationToken);
            string[] files = [.. Directory.GetFiles(folder.Stage).Select(path => Path.GetFileName(path))];
            Array.Sort(files, StringComparer.Ordinal);
            folder.Commit(ShardPlan.IsWeightsName);
            int tensors = plan.Shards.Sum(shard => shard.Tensors.Count);
            return new SynthesisResult(
                request.OutputFolder, files, tensors, plan.TotalBytes / DType.BF16.Bytes(), plan.TotalBytes);
        }
        catch (IOException exception) when (DiskSpace.IsFull(exception))
        {
            throw DiskSpace.Full(request.OutputFolder, "while writing", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string shown = PrintableText.Clip(request.OutputFolder);
            throw new UsageException(
                ErrorCodes.UsageOutput, $"{shown}: cannot be written; check its folder", exception);
        }
    }

    private static byte[] ReadConfig(string like)
    {
        if (SyntheticModelTable.Config(like) is { } text)
            return text;
        if (like.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return StrictJson.ReadPath(like);
        string known = string.Join(", ", ModelNames);
        throw new UsageException(
            ErrorCodes.UsageOption,
            $"--like {PrintableText.Clip(like)}: unknown model (expected {known} or FILE.json)");
    }

    private static List<string> FindTokenizer(string folder)
    {
        List<string> found = [.. TokenizerFiles.Where(name => File.Exists(Path.Combine(folder, name)))];
        bool complete =
            found.Contains("tokenizer.json") || (found.Contains("vocab.json") && found.Contains("merges.txt"));
        if (complete)
            return found;
        throw new TokenizerException(
            ErrorCodes.TokenizerMissing,
            $"{PrintableText.Clip(folder)}: no tokenizer (expected tokenizer.json, or vocab.json and merges.txt)");
    }

    private static void CopyTokenizerFile(string source, string target, string name)
    {
        // Contents only: a read-only fixture must not make the copy read-only.
        using FileStream from = File.OpenRead(Path.Combine(source, name));
        using FileStream to = File.Create(Path.Combine(target, name));
        from.CopyTo(to);
    }

    private static void WriteWeights(
        ShardPlan plan, ulong seed, string folder, IProgress<ByteProgress>? progress, CancellationToken token)
    {
        Dictionary<string, string> metadata = new() { ["format"] = "pt" };
        BFloat16[] buffer = new BFloat16[Math.Min(ChunkElements, plan.TotalBytes / DType.BF16.Bytes())];
        long done = 0;
        foreach ((string fileName, IReadOnlyList<TensorDeclaration> tensors) in plan.Shards)
        {
            using SafetensorsWriter writer = SafetensorsWriter.Create(
                Path.Combine(folder, fileName), tensors, metadata, displayName: fileName);
            foreach (TensorDeclaration tensor in tensors)
            {
                long count = tensor.ByteLength / tensor.DType.Bytes();
                for (long start = 0; start < count; start += buffer.Length)
                {
                    Memory<BFloat16> chunk = buffer.AsMemory(0, (int)Math.Min(buffer.Length, count - start));
                    SyntheticWeights.FillParallel(tensor.Name, [.. tensor.Shape], seed, start, chunk, token);
                    writer.Append<BFloat16>(tensor.Name, chunk.Span);
                    done += (long)chunk.Length * DType.BF16.Bytes();
                    progress?.Report(new ByteProgress(done, plan.TotalBytes));
                }
            }
            writer.Complete();
        }
        if (plan.Shards.Count > 1)
            File.WriteAllBytes(Path.Combine(folder, CheckpointFiles.IndexName), plan.IndexJson());
    }
}
