using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.Cli.Running;
using ViCA.Native.ModelFolder;
using ViCA.Native.Sites;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica capture`: activations inside the model, into a safetensors file.</summary>
internal sealed class CaptureCommand : Verb
{
    private const long MaxBytes = 2L << 30;

    private readonly VideoArguments _video;
    private readonly QuestionArguments _question;
    private readonly ModelArguments _model;

    private readonly Option<string[]> _sites = Opt.Required(Opt.Texts(
        "--site", "PATTERN", "A place in the model, as `inspect sites` lists them; * stands for any text. Repeat it."));

    private readonly Option<string> _out = Opt.RequiredText("--out", "FILE.safetensors", "The file to write.");

    private readonly Option<long> _maxBytes = Opt.Bytes(
        "--max-bytes", MaxBytes, "Refuse to write more than this (2GiB).");

    private readonly Option<bool> _force = Opt.Flag("--force", "Replace a file that exists.");

    public CaptureCommand()
        : base(
            "capture",
            "Writes the activations of the prefill at chosen places of the model into a safetensors file: all rows, in "
            + "the type of the precision.")
    {
        _video = new VideoArguments(this);
        _question = new QuestionArguments(this);
        Add(_sites);
        Add(_out);
        Add(_maxBytes);
        Add(_force);
        _model = new ModelArguments(this);
        Examples =
        [
            "vica capture room.mp4 \"How many chairs?\" --frames 4 --site \"*.o_proj\" --out a.safetensors",
            "vica capture room.mp4 \"How many?\" --frames 1 --site logits --site \"vision.*\" --out b.safetensors",
        ];
    }

    public override async Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        VicaModelOptions modelOptions = _model.Read(line);
        VideoSource source = _video.Source(line);
        VideoOptions videoOptions = _video.Options(line);
        CaptureRequest request = Request(line, modelOptions, source, videoOptions);
        VicaQuestion question = _question.Read(line, console);
        using ProgressDisplay progress = ProgressDisplay.Start(console);
        using VicaModel model = await ModelSession.LoadAsync(
            modelOptions, videoOptions, maxNewTokens: 1, console, progress, cancellationToken).ConfigureAwait(false);
        CaptureReport report = await model.CaptureAsync(
            source, question, request, progress, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        Print(report, console);
        return ExitCodes.Ok;
    }

    private CaptureRequest Request(
        ParseResult line, VicaModelOptions model, VideoSource source, VideoOptions videoOptions)
    {
        string path = line.GetRequiredValue(_out);
        bool overwrite = line.GetValue(_force);
        string folder = ModelFolderResolver.Resolve(model.ModelPath);
        foreach (string input in (string[])[source.Path, .. Directory.EnumerateFiles(folder)])
            OutputFile.RequireOther(path, input);
        OutputFile.Require(path, overwrite);
        return new CaptureRequest(line.GetRequiredValue(_sites), path)
        {
            Video = videoOptions,
            MaxBytes = line.GetValue(_maxBytes),
            Overwrite = overwrite,
        };
    }

    private static void Print(CaptureReport report, CliConsole console)
    {
        if (console.Json)
        {
            console.WriteJson(json => WriteJson(json, report));
            return;
        }
        string sites = report.Sites.Count == 1 ? "1 site" : $"{report.Sites.Count} sites";
        console.Output.WriteLine(
            $"{report.OutputPath}: {sites}, {DiskSpace.Format(report.Bytes)}, "
            + $"{report.PromptTokens} positions ({report.VideoTokens} of the video)");
    }

    private static void WriteJson(Utf8JsonWriter json, CaptureReport report)
    {
        json.WriteString("outputPath", report.OutputPath);
        json.WriteStartArray("sites");
        foreach (Site site in report.Sites)
            json.WriteStringValue(site.Name);
        json.WriteEndArray();
        json.WriteNumber("bytes", report.Bytes);
        json.WriteNumber("promptTokens", report.PromptTokens);
        json.WriteNumber("videoTokens", report.VideoTokens);
    }
}
