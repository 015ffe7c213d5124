using System.Text.Json;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>
/// JSON of a model folder: at most 1 MB, valid UTF-8, an object, no property twice, no half surrogate pairs, no NaN. What
/// passes can be read without surprises.
/// </summary>
internal static class StrictJson
{
    private const int MaxBytes = 1_000_000;
    private const int MaxDepth = 64;

    /// <summary>
    /// Reads a file of the model folder. Throws <see cref="ModelConfigException"/> `config_missing` when it is not there.
    /// </summary>
    public static byte[] ReadFile(string folder, string fileName) =>
        Read(Path.Combine(folder, fileName), fileName, $"{fileName} not found in the model folder");

    /// <summary>Reads a file that the user named. Throws as <see cref="ReadFile"/> does.</summary>
    public static byte[] ReadPath(string path) =>
        Read(path, PrintableText.Clip(path), $"{PrintableText.Clip(path)}: not found");

    /// <summary>Checks and parses. Throws <see cref="ModelConfigException"/> `config_json`.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> text, string fileName)
    {
        if (text.IsEmpty)
            throw Error(fileName, "file is empty");
        if (text.Length > MaxBytes)
            throw Error(fileName, $"file has {text.Length} bytes (expected at most {MaxBytes})");
        int invalid = JsonText.FirstInvalidUtf8(text);
        if (invalid >= 0)
            throw Error(fileName, $"invalid UTF-8 at byte {invalid}");
        Scan(text, fileName);
        using JsonDocument document = JsonDocument.Parse(text.ToArray());
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Error(fileName, $"is {document.RootElement.ValueKind} (expected Object)");
        return document.RootElement.Clone();
    }

    private static byte[] Read(string path, string fileName, string missing)
    {
        FileInfo file = FileNames.Follow(path);
        if (!file.Exists)
            throw new ModelConfigException(ErrorCodes.ConfigMissing, missing);
        if (file.Length > MaxBytes)
            throw Error(fileName, $"file has {file.Length} bytes (expected at most {MaxBytes})");
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelConfigException(ErrorCodes.ConfigMissing, $"{fileName}: cannot be read", exception);
        }
    }

    private static void Scan(ReadOnlySpan<byte> text, string fileName)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        Stack<HashSet<string>> objects = new();
        string property = "";
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    objects.Push(new HashSet<string>(StringComparer.Ordinal));
                else if (reader.TokenType == JsonTokenType.EndObject)
                    objects.Pop();
                else if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                    CheckString(ref reader, objects, ref property, fileName);
            }
        }
        catch (JsonException exception)
        {
            long offset = JsonText.OffsetOf(exception, text);
            ThrowIfNotFinite(text[(int)Math.Min(offset, text.Length)..], fileName, property);
            throw Error(fileName, $"invalid JSON at byte {offset}", exception);
        }
    }

    private static void CheckString(
        ref Utf8JsonReader reader, Stack<HashSet<string>> objects, ref string property, string fileName)
    {
        string value;
        try
        {
            value = reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw Error(fileName, $"half a surrogate pair at byte {reader.TokenStartIndex}", exception);
        }
        if (reader.TokenType != JsonTokenType.PropertyName)
            return;
        property = value;
        if (!objects.Peek().Add(value))
            throw Error(fileName, $"duplicate property '{PrintableText.Clip(value)}'");
    }

    // Python writes these words for what JSON cannot say, so they deserve more than "invalid JSON".
    private static void ThrowIfNotFinite(ReadOnlySpan<byte> rest, string fileName, string property)
    {
        foreach (string word in (string[])["NaN", "Infinity", "-Infinity"])
        {
            if (!rest.StartsWith(System.Text.Encoding.ASCII.GetBytes(word)))
                continue;
            throw new ModelConfigException(
                ErrorCodes.ConfigValue,
                $"{fileName}: {PrintableText.Clip(property)} = {word} (expected finite, > 0)");
        }
    }

    private static ModelConfigException Error(string fileName, string what, Exception? inner = null) =>
        new(ErrorCodes.ConfigJson, $"{fileName}: {what}", inner);
}
