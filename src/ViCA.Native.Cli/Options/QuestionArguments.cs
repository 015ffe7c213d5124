using System.CommandLine;
using System.Text;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Options;

/// <summary>The question and how it becomes a prompt.</summary>
internal sealed class QuestionArguments
{
    private const int MaxBytes = 1 << 20;

    private readonly Argument<string> _question = new("QUESTION")
    {
        Description = "The question; @FILE reads it from a file, - from standard input.",
    };

    private readonly Option<string[]> _options = Opt.Texts(
        "--option", "TEXT", "An option of a multiple-choice question, such as \"A. lamp\"; repeat it.");

    private readonly Option<bool> _timeInstruction = Opt.Flag(
        "--time-instruction", "Tell the model when each frame was taken.");

    private readonly Option<PromptStyle> _style = Opt.Choice(
        "--prompt-style",
        "vica-card puts the question into the model card's prompt (the default); with raw QUESTION is the whole "
            + "prompt, template and one <image> included.",
        ("vica-card", PromptStyle.VicaCard),
        ("raw", PromptStyle.Raw));

    private readonly bool _withTimes;

    public QuestionArguments(Verb verb, bool withTimes = true)
    {
        _withTimes = withTimes;
        verb.Add(_question);
        verb.Add(_options);
        if (withTimes)
            verb.Add(_timeInstruction);
        verb.Add(_style);
    }

    /// <summary>The question.</summary>
    /// <exception cref="UsageException">Options exclude each other, or the question cannot be read.</exception>
    public VicaQuestion Read(ParseResult line, CliConsole console)
    {
        PromptStyle style = line.GetValue(_style);
        string[] options = line.GetValue(_options) ?? [];
        bool timeInstruction = _withTimes && line.GetValue(_timeInstruction);
        if (style == PromptStyle.Raw && (options.Length > 0 || timeInstruction))
        {
            string other = options.Length > 0 ? "--option" : "--time-instruction";
            throw new UsageException(ErrorCodes.UsageConflict, $"--prompt-style raw and {other} exclude each other");
        }
        string text = Text(line.GetRequiredValue(_question), style, console);
        return new VicaQuestion(text) { Options = options, TimeInstruction = timeInstruction, Style = style };
    }

    // A file ends with a line end that is no part of a question. A raw prompt is exactly what the file holds.
    private static string Text(string argument, PromptStyle style, CliConsole console)
    {
        bool isRead = argument == "-" || argument.StartsWith('@');
        if (!isRead)
            return argument;
        string text = argument == "-"
            ? Decode(console.Input(), "standard input")
            : Decode(Open(argument[1..]), PrintableText.Clip(argument));
        bool cut = style == PromptStyle.VicaCard && text.EndsWith('\n');
        return cut ? text[..(text.EndsWith("\r\n", StringComparison.Ordinal) ? ^2 : ^1)] : text;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            string what = $"@{PrintableText.Clip(path)}: cannot be read (expected a text file)";
            throw new UsageException(ErrorCodes.UsageOption, what, exception);
        }
    }

    private static string Decode(Stream stream, string name)
    {
        using (stream)
        {
            byte[] bytes = new byte[MaxBytes + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
            {
                string what = $"{name}: more than {MaxBytes} bytes (expected a question)";
                throw new RequestException(ErrorCodes.RequestTextTooLong, what);
            }
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
            }
            catch (DecoderFallbackException exception)
            {
                string what = $"{name}: not UTF-8 (byte {exception.Index})";
                throw new RequestException(ErrorCodes.RequestEncoding, what, exception);
            }
        }
    }
}
