using System.Text.Json;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// The JSON header of a safetensors file: `{"name": {"dtype", "shape", "data_offsets": [begin, end]}, …}` and an
/// optional `__metadata__` of strings. Everything in it is hostile until checked: the text is scanned whole (encoding,
/// syntax, depth, number of tensors) before anything is kept of it.
/// </summary>
internal sealed class SafetensorsHeader
{
    internal const string MetadataKey = "__metadata__";

    private const int MaxTensors = 100_000;
    private const int MaxDepth = 4;

    // A header's place in its file, so that messages give offsets in the file.
    private const int HeaderStart = 8;

    private SafetensorsHeader(List<SafetensorsEntry> entries, Dictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>The tensors in the order of their data.</summary>
    public List<SafetensorsEntry> Entries { get; }

    public Dictionary<string, string> Metadata { get; }

    /// <summary>
    /// Reads and checks a header against the size of its file. Throws <see cref="WeightsFormatException"/>.
    /// </summary>
    public static SafetensorsHeader Parse(
        ReadOnlySpan<byte> text, string fileName, long fileBytes, Func<string, bool> allowsAnyType)
    {
        int invalid = JsonText.FirstInvalidUtf8(text);
        if (invalid >= 0)
            throw Error(ErrorCodes.WeightsHeaderUtf8, fileName, $"invalid UTF-8 at byte {HeaderStart + invalid}");
        try
        {
            int count = Scan(text, fileName);
            SafetensorsHeader header = new(new List<SafetensorsEntry>(count), []);
            header.Read(text, fileName, allowsAnyType);
            SafetensorsLayout.Check(header.Entries, fileName, text.Length + HeaderStart, fileBytes);
            return header;
        }
        catch (JsonException exception)
        {
            long offset = HeaderStart + JsonText.OffsetOf(exception, text);
            throw Error(ErrorCodes.WeightsHeaderJson, fileName, $"invalid JSON at byte {offset}", exception);
        }
    }

    internal static WeightsFormatException Error(string code, string fileName, string what, Exception? inner = null) =>
        new(code, $"{fileName}: {what}", inner);

    private static int Scan(ReadOnlySpan<byte> text, string fileName)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        int count = 0;
        while (reader.Read())
        {
            bool opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (opens && reader.CurrentDepth >= MaxDepth)
                throw Error(ErrorCodes.WeightsHeaderJson, fileName, $"nesting deeper than {MaxDepth}");
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            if (!reader.ValueTextEquals(MetadataKey) && ++count > MaxTensors)
                throw Error(ErrorCodes.WeightsTooManyTensors, fileName, $"more than {MaxTensors} tensors");
        }
        return count;
    }

    private void Read(ReadOnlySpan<byte> text, string fileName, Func<string, bool> allowsAnyType)
    {
        Utf8JsonReader reader = new(text);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            string kind = SafetensorsEntryReader.Kind(reader.TokenType);
            string what = $"header is {kind} at byte {HeaderStart + reader.TokenStartIndex} (expected Object)";
            throw Error(ErrorCodes.WeightsHeaderJson, fileName, what);
        }
        HashSet<string> names = new(StringComparer.Ordinal);
        SafetensorsEntryReader entryReader = new(fileName, allowsAnyType);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = NameOf(ref reader, fileName);
            if (!names.Add(name))
            {
                string what = name == MetadataKey ? $"'{name}'" : $"tensor '{PrintableText.Clip(name)}'";
                throw Error(ErrorCodes.WeightsDuplicateTensor, fileName, $"{what} appears twice");
            }
            reader.Read();
            if (name == MetadataKey)
                ReadMetadata(ref reader, fileName);
            else
                Entries.Add(entryReader.Read(ref reader, name));
        }
    }

    private static string NameOf(ref Utf8JsonReader reader, string fileName)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // NOTE: half of a surrogate pair, written as an escape, passes the reader's syntax check.
            string what = $"half a surrogate pair at byte {HeaderStart + reader.TokenStartIndex}";
            throw Error(ErrorCodes.WeightsHeaderJson, fileName, what, exception);
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader, string fileName)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            string kind = SafetensorsEntryReader.Kind(reader.TokenType);
            throw Error(ErrorCodes.WeightsMetadata, fileName, $"'{MetadataKey}' is {kind} (expected Object)");
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = NameOf(ref reader, fileName);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                string kind = SafetensorsEntryReader.Kind(reader.TokenType);
                string what = $"value of '{PrintableText.Clip(key)}' is {kind} (expected String)";
                throw Error(ErrorCodes.WeightsMetadata, fileName, what);
            }
            if (!Metadata.TryAdd(key, NameOf(ref reader, fileName)))
                throw Error(ErrorCodes.WeightsMetadata, fileName, $"'{PrintableText.Clip(key)}' appears twice");
        }
    }
}
