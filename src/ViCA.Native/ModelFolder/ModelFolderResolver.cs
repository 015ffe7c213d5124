using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>
/// Finds the folder of a model: a path, or the local snapshot of an id (`nkkbr/ViCA`) in the Hugging Face cache, which lies
/// where `hf download` puts it. Nothing is ever downloaded.
/// </summary>
public static class ModelFolderResolver
{
    /// <summary>The variable that holds the model when none is named.</summary>
    public const string Variable = "VICA_MODEL";

    /// <summary>The model that is looked for when nothing is named at all.</summary>
    public const string DefaultId = "nkkbr/ViCA";

    /// <summary>
    /// The folder of <paramref name="pathOrId"/>; of `VICA_MODEL` when it is null; of a snapshot of nkkbr/ViCA when there
    /// is no such variable. Throws <see cref="UsageException"/> `usage_model` that lists where it looked.
    /// </summary>
    public static string Resolve(string? pathOrId) => Resolve(pathOrId, Environment.GetEnvironmentVariable);

    internal static string Resolve(string? pathOrId, Func<string, string?> variable)
    {
        string? named = NullIfEmpty(pathOrId);
        string subject = named is null ? Variable : "--model";
        named ??= NullIfEmpty(variable(Variable));
        HubCache cache = HubCache.Locate(variable);
        if (named is null)
        {
            return cache.Find(DefaultId, out string looked)
                ?? throw Error($"no --model given; looked in {Variable} (not set), {looked}", DefaultId);
        }
        string shown = PrintableText.Clip(named);
        if (Directory.Exists(named))
            return named;
        if (File.Exists(named))
            throw new UsageException(ErrorCodes.UsageModel, $"{subject} {shown}: is a file (expected a model folder)");
        if (!HubCache.IsId(named))
            throw Error($"{subject} {shown}: no such folder", DefaultId);
        return cache.Find(named, out string where)
            ?? throw Error($"{subject} {shown}: not found; looked in ./{shown}, {where}", named);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static UsageException Error(string what, string id) =>
        new(ErrorCodes.UsageModel, $"{what}; run `hf download {id}` or pass the folder with --model");
}
