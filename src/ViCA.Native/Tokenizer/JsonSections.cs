using System.Text.Json;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// The properties of one JSON object, as slices of the file. Reading it checks the syntax of all that is inside,
/// without recursion, and that no property is written twice.
/// </summary>
internal sealed class JsonSections
{
    private const int MaxProperties = 256;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _values = [];
    private readonly string _file;

    /// <exception cref="TokenizerException">Not one JSON object (`tokenizer_json`).</exception>
    public JsonSections(ReadOnlyMemory<byte> json, string file)
    {
        _file = file;
        var reader = new Utf8JsonReader(json.Span);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw TokenizerFile.BrokenJson(file, $"expected an object, found {reader.TokenType}");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                Add(ref reader, json);
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw TokenizerFile.BrokenJson(file, $"invalid JSON at byte {reader.BytesConsumed}", exception);
        }
    }

    /// <summary>The JSON of a property's value; throws `tokenizer_json` when there is none.</summary>
    public ReadOnlyMemory<byte> Required(string name) =>
        _values.TryGetValue(name, out ReadOnlyMemory<byte> json)
            ? json
            : throw TokenizerFile.BrokenJson(_file, $"property '{name}' is missing");

    /// <summary>A small value as an element; null when there is no such property.</summary>
    /// <exception cref="TokenizerException">Something inside is written twice (`tokenizer_json`).</exception>
    public JsonElement? Element(string name)
    {
        if (!_values.TryGetValue(name, out ReadOnlyMemory<byte> json))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw TokenizerFile.BrokenJson(_file, $"duplicate property in '{name}'", exception);
        }
    }

    private void Add(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (_values.Count == MaxProperties)
            throw TokenizerFile.BrokenJson(_file, $"too many properties (expected at most {MaxProperties})");
        string name = TokenizerFile.Text(ref reader, _file);
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        if (!_values.TryAdd(name, json[start..(int)reader.BytesConsumed]))
            throw TokenizerFile.BrokenJson(_file, $"duplicate property {Shown.Text(name)}");
    }
}
