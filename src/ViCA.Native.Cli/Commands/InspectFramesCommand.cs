using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.Media.Image;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica inspect frames`: which frames of a video the model sees.</summary>
internal sealed class InspectFramesCommand : Verb
{
    private const int SheetColumns = 8;

    private readonly VideoArguments _video;

    private readonly Option<string?> _sheet = Opt.Text("--sheet", "FILE.png", "Draw the frames into a contact sheet.");

    private readonly Option<bool> _force = Opt.Flag("--force", "Replace a sheet that exists.");

    public InspectFramesCommand()
        : base("frames", "Shows which frames of a video the model sees, with their times; draws a contact sheet.")
    {
        _video = new VideoArguments(this, withSampling: false);
        Add(_sheet);
        Add(_force);
        Examples =
        [
            "vica inspect frames demo/room.mp4 --frames 8",
            "vica inspect frames demo/room.mp4 --frames 16 --sheet sheet.png",
            "vica inspect frames demo/room.mp4 --frames 8 --json",
        ];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        VideoSource source = _video.Source(line);
        string? sheet = line.GetValue(_sheet);
        bool force = line.GetValue(_force);
        if (sheet is not null)
        {
            OutputFile.RequireOther(sheet, source.Path);
            OutputFile.Require(sheet, force);
        }
        SampledVideo video;
        using (ProgressDisplay progress = ProgressDisplay.Start(console))
            video = SampledVideo.Read(source, _video.Options(line), null, progress, cancellationToken);
        if (sheet is not null)
            OutputFile.Write(sheet, Draw(video, cancellationToken), force);
        Notices.DifferingFrames(console, video.Frames.DifferingFrames, video.Frames.Count);
        Print(video, console);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void Print(SampledVideo video, CliConsole console)
    {
        if (console.Json)
        {
            console.WriteJson(json => WriteJson(json, video));
            return;
        }
        VideoInfo info = video.Info;
        string length = FormattableString.Invariant($"{info.AverageFps:0.###} a second, {info.DurationSeconds:0.00} s");
        console.Output.WriteLine(
            $"{info.Width}x{info.Height}, {info.FrameCount} frames, {length}, {info.Codec} in {info.Container}");
        FramesTable.Write(console.Output, video.Sample.Frames);
    }

    private static void WriteJson(Utf8JsonWriter json, SampledVideo video)
    {
        json.WriteNumber("width", video.Info.Width);
        json.WriteNumber("height", video.Info.Height);
        json.WriteNumber("frameCount", video.Info.FrameCount);
        json.WriteNumber("averageFps", video.Info.AverageFps);
        FramesTable.WriteJson(json, video.Sample.Frames, position =>
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(video.Frames[position]))));
    }

    private static byte[] Draw(SampledVideo video, CancellationToken cancellationToken)
    {
        ContactSheet sheet = ContactSheet.Draw(video.Frames, video.Sample, SheetColumns);
        using MemoryStream png = new();
        PngWriter.Write(png, sheet.Rgb, sheet.Width, sheet.Height);
        cancellationToken.ThrowIfCancellationRequested();
        return png.ToArray();
    }
}
