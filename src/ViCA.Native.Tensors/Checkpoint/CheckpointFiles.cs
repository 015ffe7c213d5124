namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Which of a folder's files hold the weights.</summary>
public static class CheckpointFiles
{
    /// <summary>The one file of weights that are not sharded.</summary>
    public const string SingleName = "model.safetensors";

    /// <summary>The index of weights that are sharded.</summary>
    public const string IndexName = "model.safetensors.index.json";

    /// <summary>
    /// <see cref="SingleName"/> or <see cref="IndexName"/>, whichever the folder has; the single file wins, as in
    /// transformers. Throws <see cref="WeightsFormatException"/>.
    /// </summary>
    public static string Find(string folder)
    {
        foreach (string name in (string[])[SingleName, IndexName])
        {
            if (File.Exists(Path.Combine(folder, name)))
                return name;
        }
        foreach (string name in (string[])["pytorch_model.bin", "pytorch_model.bin.index.json"])
        {
            if (File.Exists(Path.Combine(folder, name)))
                throw new WeightsFormatException(ErrorCodes.WeightsNotSafetensors, $"{name}: {ForeignFile.Pickle}");
        }
        string what = Directory.Exists(folder) ? "not found in the model folder" : "the model folder does not exist";
        throw new WeightsFormatException(
            ErrorCodes.WeightsMissing, $"{SingleName}: {what} (expected {SingleName} or {IndexName})");
    }
}
