using System.Text.Json;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>`model.safetensors.index.json`: which shard holds which tensor.</summary>
internal sealed class CheckpointIndex
{
    private const int MaxBytes = 64 << 20;
    private const int MaxTensors = 100_000;
    private const int MaxDepth = 64;

    private CheckpointIndex(Dictionary<string, string> shardOf)
    {
        ShardOf = shardOf;
        Shards = [.. shardOf.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The shard's file name by tensor name.</summary>
    public Dictionary<string, string> ShardOf { get; }

    /// <summary>The shards' file names in order; a shard's number in messages is its place here, from 1.</summary>
    public List<string> Shards { get; }

    /// <summary>Reads and checks an index. Throws <see cref="WeightsFormatException"/>.</summary>
    public static CheckpointIndex Load(string path)
    {
        string fileName = Path.GetFileName(path);
        byte[] text = ReadBounded(path, fileName);
        int invalid = JsonText.FirstInvalidUtf8(text);
        if (invalid >= 0)
            throw Error(ErrorCodes.WeightsIndexJson, fileName, $"invalid UTF-8 at byte {invalid}");
        try
        {
            Utf8JsonReader syntax = new(text, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (syntax.Read())
            {
            }
            return new CheckpointIndex(Read(text, fileName));
        }
        catch (JsonException exception)
        {
            long offset = JsonText.OffsetOf(exception, text);
            throw Error(ErrorCodes.WeightsIndexJson, fileName, $"invalid JSON at byte {offset}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw Error(ErrorCodes.WeightsIndexJson, fileName, "half a surrogate pair in a string", exception);
        }
    }

    private static byte[] ReadBounded(string path, string fileName)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            if (stream.Length > MaxBytes)
            {
                string what = $"file has {stream.Length} bytes (expected at most {MaxBytes})";
                throw Error(ErrorCodes.WeightsIndexJson, fileName, what);
            }
            byte[] text = new byte[stream.Length];
            stream.ReadExactly(text);
            return text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Error(ErrorCodes.WeightsIndexJson, fileName, "cannot be read", exception);
        }
    }

    private static Dictionary<string, string> Read(byte[] text, string fileName)
    {
        Utf8JsonReader reader = new(text);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            string kind = SafetensorsEntryReader.Kind(reader.TokenType);
            throw Error(ErrorCodes.WeightsIndexJson, fileName, $"is {kind} (expected Object)");
        }
        Dictionary<string, string>? map = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isMap = reader.ValueTextEquals("weight_map"u8);
            reader.Read();
            if (!isMap)
                reader.Skip();
            else if (map is not null)
                throw Error(ErrorCodes.WeightsIndexJson, fileName, "duplicate property 'weight_map'");
            else
                map = ReadMap(ref reader, fileName);
        }
        return map ?? throw Error(ErrorCodes.WeightsIndexJson, fileName, "'weight_map' missing");
    }

    private static Dictionary<string, string> ReadMap(ref Utf8JsonReader reader, string fileName)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            string kind = SafetensorsEntryReader.Kind(reader.TokenType);
            throw Error(ErrorCodes.WeightsIndexJson, fileName, $"'weight_map' is {kind} (expected Object)");
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            string shown = PrintableText.Clip(name);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                string kind = SafetensorsEntryReader.Kind(reader.TokenType);
                throw Error(ErrorCodes.WeightsIndexJson, fileName, $"shard of '{shown}' is {kind} (expected String)");
            }
            string shard = reader.GetString()!;
            if (!FileNames.IsSafe(shard))
                throw Error(ErrorCodes.WeightsIndexPath, fileName, $"'{PrintableText.Clip(shard)}' is not a file name");
            if (!map.TryAdd(name, shard))
                throw Error(ErrorCodes.WeightsIndexJson, fileName, $"duplicate property '{shown}'");
            if (map.Count > MaxTensors)
                throw Error(ErrorCodes.WeightsTooManyTensors, fileName, $"more than {MaxTensors} tensors");
        }
        return map;
    }

    private static WeightsFormatException Error(string code, string fileName, string what, Exception? inner = null) =>
        new(code, $"{fileName}: {what}", inner);
}
