namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// The weights of a model folder: `model.safetensors`, or the shards that `model.safetensors.index.json` names, mapped
/// and checked. Safe for concurrent readers.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, CheckpointTensor> _tensors = new(StringComparer.Ordinal);

    private readonly Func<string, bool> _isIgnored;

    private Checkpoint(string layoutName, Func<string, bool> isIgnored)
    {
        LayoutName = layoutName;
        _isIgnored = isIgnored;
    }

    /// <summary>The file that was opened, the index or the single file: the subject of messages.</summary>
    public string LayoutName { get; }

    /// <summary>The mapped files in the order of their names.</summary>
    public IReadOnlyList<SafetensorsFile> Files => _files;

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => _tensors;

    /// <summary>The size of all tensors' data.</summary>
    public long ByteLength => _files.Sum(file => file.ByteLength - file.DataOffset);

    /// <summary>
    /// Opens the weights of a model folder. Tensors are BF16, F16 or F32, but those that <paramref name="isIgnored"/>
    /// names may be of any type. Throws <see cref="WeightsFormatException"/>.
    /// </summary>
    public static Checkpoint Open(string folder, Func<string, bool>? isIgnored = null)
    {
        Checkpoint checkpoint = new(CheckpointFiles.Find(folder), isIgnored ?? (static _ => false));
        try
        {
            string path = Path.Combine(folder, checkpoint.LayoutName);
            if (checkpoint.LayoutName == CheckpointFiles.SingleName)
                checkpoint.OpenSingle(path);
            else
                checkpoint.OpenShards(folder, CheckpointIndex.Load(path));
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name and shape. Throws <see cref="WeightsFormatException"/>.</summary>
    public CheckpointTensor Require(string name, params ReadOnlySpan<long> shape)
    {
        RequireAll([(name, shape.ToArray())]);
        return _tensors[name];
    }

    /// <summary>
    /// Checks that all tensors are there with their shapes. Throws <see cref="WeightsFormatException"/> that names
    /// those that are not (the first 20 and their number).
    /// </summary>
    public void RequireAll(IEnumerable<(string Name, long[] Shape)> required)
    {
        List<(string Name, long[] Shape)> all = [.. required];
        List<string> missing = [.. all.Where(r => !_tensors.ContainsKey(r.Name)).Select(r => $"'{r.Name}'")];
        if (missing.Count > 0)
        {
            string what = $"{missing.Count} of {all.Count} required tensors missing: {PrintableText.List(missing)}";
            throw new WeightsFormatException(ErrorCodes.WeightsTensorMissing, $"{LayoutName}: {what}");
        }
        List<(string Name, long[] Shape)> wrong = [.. all.Where(r => !_tensors[r.Name].HasShape(r.Shape))];
        if (wrong.Count > 0)
            throw WrongShapes(wrong);
    }

    /// <summary>
    /// Reads every value and throws <see cref="NumericException"/> at the first tensor that has a NaN or an infinity.
    /// </summary>
    public void VerifyFinite(IProgress<ByteProgress>? progress = null, CancellationToken cancellationToken = default) =>
        FiniteCheck.Run(_files, ByteLength, progress, cancellationToken);

    /// <summary>
    /// Throws <see cref="WeightsFormatException"/> `weights_changed` when a file is no longer the one that was mapped. A
    /// look at each file's size and time, some microseconds.
    /// </summary>
    public void RequireUnchanged() => _files.ForEach(file => file.RequireUnchanged());

    /// <summary>Unmaps all files. Tensors must not be read afterwards.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void OpenSingle(string path)
    {
        _files.Add(SafetensorsFile.Open(path, _isIgnored));
        foreach (CheckpointTensor tensor in _files[0].Tensors)
            _tensors.Add(tensor.Name, tensor);
    }

    private void OpenShards(string folder, CheckpointIndex index)
    {
        foreach (string shard in index.Shards)
        {
            if (!File.Exists(Path.Combine(folder, shard)))
            {
                throw new WeightsFormatException(
                    ErrorCodes.WeightsShardMissing, $"{LayoutName}: {shard} listed in the index, not found");
            }
        }
        foreach (string shard in index.Shards)
            _files.Add(SafetensorsFile.Open(Path.Combine(folder, shard), _isIgnored));
        List<string> misplaced = [];
        for (int number = 1; number <= _files.Count; number++)
            AddShard(index, number, misplaced);
        misplaced.AddRange(
            from pair in index.ShardOf
            where !_tensors.ContainsKey(pair.Key)
            select $"'{PrintableText.Clip(pair.Key)}' (index: shard {NumberOf(index, pair.Value)}, found: none)");
        if (misplaced.Count > 0)
        {
            string what = misplaced.Count == 1 ? "1 tensor is" : $"{misplaced.Count} tensors are";
            throw new WeightsFormatException(
                ErrorCodes.WeightsIndexMismatch,
                $"{LayoutName}: {what} not where the index says: {PrintableText.List(misplaced)}");
        }
    }

    private void AddShard(CheckpointIndex index, int number, List<string> misplaced)
    {
        foreach (CheckpointTensor tensor in _files[number - 1].Tensors)
        {
            string? listed = index.ShardOf.GetValueOrDefault(tensor.Name);
            if (listed != index.Shards[number - 1])
            {
                string where = listed is null ? "none" : $"shard {NumberOf(index, listed)}";
                misplaced.Add($"'{PrintableText.Clip(tensor.Name)}' (index: {where}, found: shard {number})");
            }
            _tensors.TryAdd(tensor.Name, tensor);
        }
    }

    private static int NumberOf(CheckpointIndex index, string shard) => index.Shards.IndexOf(shard) + 1;

    private WeightsFormatException WrongShapes(List<(string Name, long[] Shape)> wrong)
    {
        List<string> lines = [.. wrong.Select(w =>
            $"'{w.Name}' is {PrintableText.Shape(_tensors[w.Name].Shape)} (expected {PrintableText.Shape(w.Shape)})")];
        string count = lines.Count == 1 ? "" : $"{lines.Count} tensors have another shape: ";
        return new WeightsFormatException(
            ErrorCodes.WeightsShapeConfig, $"{LayoutName}: {count}{PrintableText.List(lines)}");
    }
}
