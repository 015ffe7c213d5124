using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Vica;
using ViCA.Native.Prompt;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica inspect prompt`: the ids that a question becomes.</summary>
internal sealed class InspectPromptCommand : Verb
{
    // The reference's own mark for the place of the video.
    private const int VideoMark = -200;

    private readonly QuestionArguments _question;

    private readonly Option<int> _frames = Opt.Integer(
        "--frames", 1, VideoOptions.MaxFrames, VideoOptions.Default.Frames, "Frames of the video, 1 to 512 (64).");

    private readonly Option<string?> _model = ModelArguments.ModelOption();

    public InspectPromptCommand()
        : base(
            "prompt",
            "Shows the tokens that a question becomes: the text before and after the video, with its ids, and the "
            + "video's own as one entry.")
    {
        _question = new QuestionArguments(this, withTimes: false);
        Add(_frames);
        Add(_model);
        Examples =
        [
            "vica inspect prompt \"How many chairs are in this room?\" --model DIR",
            "vica inspect prompt @prompt.txt --prompt-style raw --frames 8 --model DIR --json",
        ];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        string folder = ModelFolderResolver.Resolve(line.GetValue(_model));
        VicaConfig config = VicaConfig.Load(folder);
        BpeTokenizer tokenizer = BpeTokenizer.Load(folder);
        VicaQuestion question = _question.Read(line, console);
        PromptTokens prompt = question.Style == PromptStyle.Raw
            ? PromptTokens.FromRaw(tokenizer, question.Text)
            : PromptTokens.FromCard(tokenizer, question.Text, question.Options);
        int frames = line.GetValue(_frames);
        if (console.Json)
            console.WriteJson(json => WriteJson(json, prompt, frames, config));
        else
            Write(console.Output, prompt, frames, config);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void Write(TextWriter output, PromptTokens prompt, int frames, VicaConfig config)
    {
        int perFrame = config.Vision.TokensPerFrame;
        int side = config.Vision.PooledPerSide;
        int video = frames * perFrame;
        WritePiece(output, "before the video", prompt.BeforeText, prompt.BeforeVideo);
        output.WriteLine($"video: {video} tokens");
        output.WriteLine($"  [{frames} frames · {perFrame}: {side} rows of {side} and a newline]");
        WritePiece(output, "after the video", prompt.AfterText, prompt.AfterVideo);
        output.WriteLine(
            $"in all: {prompt.TextTokens + video} tokens, {prompt.TextTokens} text + {video} video "
            + $"(limit {config.MaxContextLength})");
    }

    private static void WritePiece(TextWriter output, string title, string text, int[] ids)
    {
        const int Width = 96;
        output.WriteLine($"{title}: {ids.Length} tokens");
        foreach (string row in text.TrimEnd('\n').Split('\n'))
            output.WriteLine($"  | {row}");
        foreach (string row in Columns.Wrap(string.Join(' ', ids), Width))
            output.WriteLine($"  {row}");
    }

    private static void WriteJson(Utf8JsonWriter json, PromptTokens prompt, int frames, VicaConfig config)
    {
        int video = frames * config.Vision.TokensPerFrame;
        AnswerOutput.WriteIds(json, "promptIds", [.. prompt.BeforeVideo, VideoMark, .. prompt.AfterVideo]);
        json.WriteString("beforeText", prompt.BeforeText);
        json.WriteString("afterText", prompt.AfterText);
        json.WriteNumber("frames", frames);
        json.WriteNumber("tokensPerFrame", config.Vision.TokensPerFrame);
        json.WriteNumber("videoTokens", video);
        json.WriteNumber("textTokens", prompt.TextTokens);
        json.WriteNumber("promptTokens", prompt.TextTokens + video);
        json.WriteNumber("contextLimit", config.MaxContextLength);
    }
}
