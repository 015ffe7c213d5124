using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ViCA.Native.Cli;

/// <summary>Where a verb reads and writes: results on <see cref="Output"/>, everything else on <see cref="Error"/>.</summary>
internal sealed class CliConsole
{
    private static readonly JsonWriterOptions JsonOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Results: text, or one JSON object.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Notices, progress and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What `-` reads: bytes, so that wrong UTF-8 is seen.</summary>
    public required Func<Stream> Input { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that can redraw a line.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>What is wrong with the bytes of an argument, if anything is.</summary>
    public string? WrongArgument { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Results and errors are JSON.</summary>
    public bool Json { get; private set; }

    /// <summary>Causes of errors and stages are shown.</summary>
    public bool Verbose { get; private set; }

    /// <summary>Only errors go to <see cref="Error"/>.</summary>
    public bool Quiet { get; private set; }

    /// <summary>Whether <see cref="Error"/> may be coloured.</summary>
    public bool Colors { get; private set; }

    /// <summary>Whether a line of <see cref="Error"/> may be drawn again and again.</summary>
    public bool ShowsProgress => IsErrorTerminal && !Quiet && !IsSet("CI") && Variable("TERM") != "dumb";

    /// <summary>Takes over the options that all verbs have.</summary>
    public void Apply(ParseResult line, CliRoot root)
    {
        Json = line.GetValue(root.Json);
        Verbose = line.GetValue(root.Verbose);
        Quiet = line.GetValue(root.Quiet);
        Colors = ShowsProgress && !IsSet("NO_COLOR") && !line.GetValue(root.NoColor);
    }

    /// <summary>One line on <see cref="Error"/> that a user should read.</summary>
    public void Notice(string text)
    {
        if (!Quiet)
            Error.WriteLine(text);
    }

    /// <summary>One line on <see cref="Error"/> for those who asked with `-v`.</summary>
    public void Detail(string text)
    {
        if (Verbose)
            Error.WriteLine(text);
    }

    /// <summary>Writes one JSON object and a line end to <see cref="Output"/>.</summary>
    public void WriteJson(Action<Utf8JsonWriter> properties) => WriteJson(Output, properties);

    /// <summary>Writes one JSON object and a line end to a writer.</summary>
    public static void WriteJson(TextWriter writer, Action<Utf8JsonWriter> properties)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, JsonOptions))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        writer.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private bool IsSet(string variable) => !string.IsNullOrEmpty(Variable(variable));
}
