using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>
/// How tensors are spread over files: in their order, a new file when the next tensor would make it more than 5·10⁹ bytes
/// of data, as transformers does. One file is `model.safetensors`; several have an index.
/// </summary>
internal sealed class ShardPlan
{
    private const long MaxShardBytes = 5_000_000_000;

    private ShardPlan(List<List<TensorDeclaration>> shards)
    {
        Shards = [.. shards.Select((shard, i) =>
            (NameOf(i + 1, shards.Count), SafetensorsWriter.InReferenceOrder(shard)))];
        TotalBytes = shards.Sum(shard => shard.Sum(tensor => tensor.ByteLength));
    }

    /// <summary>The files and what each holds, in the order in which it is written.</summary>
    public IReadOnlyList<(string FileName, IReadOnlyList<TensorDeclaration> Tensors)> Shards { get; }

    /// <summary>The size of all tensors' data.</summary>
    public long TotalBytes { get; }

    public static ShardPlan Of(IEnumerable<TensorDeclaration> tensors, long maxShardBytes = MaxShardBytes)
    {
        List<List<TensorDeclaration>> shards = [[]];
        long bytes = 0;
        foreach (TensorDeclaration tensor in tensors)
        {
            if (bytes > 0 && bytes + tensor.ByteLength > maxShardBytes)
            {
                shards.Add([]);
                bytes = 0;
            }
            shards[^1].Add(tensor);
            bytes += tensor.ByteLength;
        }
        return new ShardPlan(shards);
    }

    /// <summary>Whether a file name is one that weights have, and so contradicts other weights in the same folder.</summary>
    public static bool IsWeightsName(string name) =>
        name is CheckpointFiles.SingleName or CheckpointFiles.IndexName
        || (name.StartsWith("model-", StringComparison.Ordinal) && name.EndsWith(".safetensors", StringComparison.Ordinal));

    /// <summary>The text of the index: keys sorted, two spaces, a newline at the end.</summary>
    public byte[] IndexJson()
    {
        using MemoryStream stream = new();
        JsonWriterOptions options = new()
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (Utf8JsonWriter json = new(stream, options))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteNumber("total_size", TotalBytes);
            json.WriteEndObject();
            json.WriteStartObject("weight_map");
            var places = from shard in Shards from tensor in shard.Tensors select (tensor.Name, shard.FileName);
            foreach ((string name, string fileName) in places.OrderBy(place => place.Name, StringComparer.Ordinal))
                json.WriteString(name, fileName);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static string NameOf(int number, int count) => count == 1
        ? CheckpointFiles.SingleName
        : string.Create(CultureInfo.InvariantCulture, $"model-{number:00000}-of-{count:00000}.safetensors");
}
