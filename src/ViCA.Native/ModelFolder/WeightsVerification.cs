using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>
/// Checks a model folder's weights: structure, names and shapes against the config, and the values if asked.
/// </summary>
public static class WeightsVerification
{
    /// <summary>
    /// Throws <see cref="ModelConfigException"/>, <see cref="WeightsFormatException"/> or <see
    /// cref="NumericException"/> at the first thing that is wrong. <paramref name="checkValues"/> reads all weights.
    /// </summary>
    public static WeightsReport Run(
        string folder,
        bool checkValues,
        IProgress<ByteProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        VicaConfig config = VicaConfig.Load(folder);
        GenerationConfig generation = GenerationConfig.Load(folder, config);
        using Checkpoint checkpoint = Checkpoint.Open(folder, VicaTensors.IsNeverUsed);
        int rows = VicaTensors.Check(checkpoint, config);
        VicaTensors.CheckTokenIds(rows, largestTokenId: 0, generation.EosTokenIds);
        if (checkValues)
            checkpoint.VerifyFinite(progress, cancellationToken);
        IEnumerable<CheckpointTensor> tensors = checkpoint.Tensors.Values;
        string[] stored = [.. VicaTensors.Stored(config, rows).Select(tensor => tensor.Name)];
        IEnumerable<string> used = stored.Where(name => !VicaTensors.IsOptional(name));
        return new WeightsReport
        {
            Files = [.. checkpoint.Files.Select(f => new WeightsFileReport(f.FileName, f.Tensors.Count, f.ByteLength))],
            TensorCount = checkpoint.Tensors.Count,
            ParameterCount = tensors.Sum(tensor => tensor.Count),
            WeightBytes = checkpoint.ByteLength,
            ElementTypes = tensors.CountBy(tensor => tensor.ElementType.Name).ToDictionary(),
            VocabularyRows = rows,
            IgnoredTensors = [.. checkpoint.Tensors.Keys.Except(used).Order(StringComparer.Ordinal)],
            MissingTensors = [.. stored.Where(name => !checkpoint.Tensors.ContainsKey(name))],
            FiniteChecked = checkValues,
            Folder = ModelFolderInfo.Read(folder),
        };
    }
}
