using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ViCA.Native.Cli.Output;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Cli.Running;

/// <summary>Encodes or decodes texts and rows of a file, one JSON object a line.</summary>
internal sealed class TokenLines(BpeTokenizer tokenizer, bool decode, bool plain)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>A text, or ids with spaces or commas between them.</summary>
    /// <exception cref="RequestException">The text is not usable.</exception>
    public void Convert(string text, TextWriter output)
    {
        if (decode)
            WriteText(ParseIds(text), skipSpecial: true, output);
        else
            WriteIds(text, output);
    }

    /// <summary>The rows of a file; `-` is standard input.</summary>
    /// <exception cref="RequestException">A row is not usable; the message has its number.</exception>
    public void ConvertFile(string path, CliConsole console, CancellationToken cancellationToken)
    {
        string name = path == "-" ? "standard input" : PrintableText.Clip(path);
        using StreamReader reader = new(Open(path, name, console), new UTF8Encoding(false, throwOnInvalidBytes: true));
        for (int number = 1; ReadLine(reader, name, number) is { } line; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!string.IsNullOrWhiteSpace(line))
                ConvertRow(line, $"{name} line {number}", console.Output);
        }
    }

    private static Stream Open(string path, string name, CliConsole console)
    {
        try
        {
            return path == "-" ? console.Input() : File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string what = $"--jsonl {name}: cannot be read (expected a text file)";
            throw new UsageException(ErrorCodes.UsageOption, what, exception);
        }
    }

    private static string? ReadLine(StreamReader reader, string name, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException exception)
        {
            throw new RequestException(ErrorCodes.RequestEncoding, $"{name} line {number}: not UTF-8", exception);
        }
    }

    private void ConvertRow(string line, string subject, TextWriter output)
    {
        try
        {
            using JsonDocument row = JsonDocument.Parse(line);
            if (decode)
                WriteText(Ids(row.RootElement), SkipSpecial(row.RootElement), output);
            else
                WriteIds(Text(row.RootElement), output);
        }
        catch (RowException exception)
        {
            throw new RequestException(ErrorCodes.RequestJson, $"{subject}: {exception.Message}");
        }
        catch (JsonException exception)
        {
            throw new RequestException(
                ErrorCodes.RequestJson, $"{subject}: invalid JSON at byte {exception.BytePositionInLine}", exception);
        }
        catch (RequestException exception)
        {
            throw new RequestException(exception.Code, $"{subject}: {exception.Message}", exception);
        }
    }

    private static string Text(JsonElement row)
    {
        bool isText = row.ValueKind == JsonValueKind.Object
            && row.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String;
        if (!isText)
            throw new RowException("field 'text' missing (expected a string)");
        try
        {
            return row.GetProperty("text").GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new RequestException(ErrorCodes.RequestEncoding, "text has an unpaired surrogate", exception);
        }
    }

    private static int[] Ids(JsonElement row)
    {
        bool isList = row.ValueKind == JsonValueKind.Object
            && row.TryGetProperty("ids", out JsonElement list) && list.ValueKind == JsonValueKind.Array;
        if (!isList)
            throw new RowException("field 'ids' missing (expected a list of numbers)");
        return [.. row.GetProperty("ids").EnumerateArray().Select(id =>
            id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out int value)
                ? value
                : throw new RowException($"ids: {PrintableText.Clip(id.GetRawText())} (expected a whole number)"))];
    }

    private static bool SkipSpecial(JsonElement row) =>
        !row.TryGetProperty("skip_special", out JsonElement skip) || skip.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new RowException("field 'skip_special': expected true or false"),
        };

    private static int[] ParseIds(string text)
    {
        string[] words = text.Trim('[', ']').Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? id
            : throw WrongId(word))];

        static UsageException WrongId(string word) =>
            new(ErrorCodes.UsageOption, $"TEXT: {PrintableText.Clip(word)} (expected ids, such as 785 13)");
    }

    private void WriteIds(string text, TextWriter output)
    {
        int[] ids = tokenizer.Encode(text, recognizeSpecials: !plain);
        WriteLine(json => AnswerOutput.WriteIds(json, "ids", ids), output);
    }

    private void WriteText(int[] ids, bool skipSpecial, TextWriter output)
    {
        string text = tokenizer.Decode(ids, skipSpecial);
        WriteLine(json => json.WriteString("text", text), output);
    }

    private void WriteLine(Action<Utf8JsonWriter> property, TextWriter output)
    {
        _buffer.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_buffer, Options))
        {
            json.WriteStartObject();
            property(json);
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(_buffer.WrittenSpan));
    }

    /// <summary>What is wrong with a row; its number is added where it is known.</summary>
    private sealed class RowException(string message) : Exception(message);
}
