using System.CommandLine;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.Cli.Running;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica ask`: one question about a video.</summary>
internal sealed class AskCommand : Verb
{
    private readonly VideoArguments _video;
    private readonly QuestionArguments _question;
    private readonly GenerationArguments _generation;
    private readonly ModelArguments _model;
    private readonly Option<bool> _timings = Opt.Flag("--timings", "Print the times of the stages on stderr.");
    private readonly Option<bool> _showFrames = Opt.Flag("--show-frames", "Print the frames on stderr.");

    public AskCommand()
        : base(
            "ask",
            "Answers a question about a video. The answer streams to stdout as it comes; progress, notices and errors "
            + "go to stderr.")
    {
        _video = new VideoArguments(this);
        _question = new QuestionArguments(this);
        _model = new ModelArguments(this);
        _generation = new GenerationArguments(this);
        Add(_timings);
        Add(_showFrames);
        Examples =
        [
            "vica ask room.mp4 \"How many chairs are in this room?\" --model DIR --frames 8",
            "vica ask room.mp4 \"Which is closest to the door?\" --option \"A. lamp\" --option \"B. desk\" --json",
            "vica ask room.mp4 @question.txt --sampling fps:1 --timings",
        ];
    }

    public override async Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        VicaModelOptions modelOptions = _model.Read(line);
        VideoSource source = _video.Source(line);
        VideoOptions videoOptions = _video.Options(line);
        GenerationOptions generation = _generation.Read(line);
        VicaQuestion question = _question.Read(line, console);
        using ProgressDisplay progress = ProgressDisplay.Start(console);
        using VicaModel model = await ModelSession.LoadAsync(
            modelOptions, videoOptions, generation.MaxNewTokens, console, progress, cancellationToken)
            .ConfigureAwait(false);
        using PreparedVideo video = await model.PrepareForAsync(
            source, question, videoOptions, progress, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<VicaUpdate> updates = model.StreamAsync(video, question, generation, cancellationToken);
        VicaAnswer answer = await AnswerOutput.StreamAsync(updates, console, progress).ConfigureAwait(false);
        Print(answer, video.DifferingFrames, line, console);
        return ExitCodes.Ok;
    }

    private void Print(VicaAnswer answer, int differingFrames, ParseResult line, CliConsole console)
    {
        if (console.Json)
            console.WriteJson(json => AnswerOutput.WriteJson(json, answer));
        Notices.DifferingFrames(console, differingFrames, answer.Frames.Count);
        if (line.GetValue(_showFrames))
            FramesTable.Write(console.Error, answer.Frames);
        if (line.GetValue(_timings))
            AnswerOutput.WriteTimings(console.Error, answer);
    }
}
