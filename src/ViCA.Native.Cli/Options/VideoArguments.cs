using System.CommandLine;
using System.Globalization;
using ViCA.Native.Media.Video;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Options;

/// <summary>Which video, and which of its frames.</summary>
internal sealed class VideoArguments
{
    private readonly Argument<string> _video = new("VIDEO") { Description = "A video file." };

    private readonly Option<int> _frames = Opt.Integer(
        "--frames",
        1,
        VideoOptions.MaxFrames,
        VideoOptions.Default.Frames,
        "Frames that the model sees, 1 to 512 (64).");

    private readonly Option<Sampling> _sampling = Opt.Parsed(
        "--sampling",
        "MODE",
        "How they are chosen: uniform (the default), fps:N (N a second, but evenly where that is more than --frames), "
            + "at:T,T,… (the frames nearest to these seconds).",
        "uniform, fps:N or at:T,T,… in seconds",
        new Sampling(FrameSamplingMode.Uniform, []),
        Sampling.Parse);

    private readonly Option<FrameSelection> _selection = Opt.Choice(
        "--frame-selection",
        "Which picture a number means: the one that the reference implementation gets (the default), or exactly the "
            + "one at that place. They differ in some videos with open groups of pictures.",
        ("reference", FrameSelection.Reference),
        ("exact", FrameSelection.Exact));

    private readonly bool _withSampling;

    public VideoArguments(Verb verb, bool withSampling = true)
    {
        _withSampling = withSampling;
        verb.Add(_video);
        verb.Add(_frames);
        if (withSampling)
            verb.Add(_sampling);
        verb.Add(_selection);
    }

    /// <summary>The video file. That it is there is checked before a model loads.</summary>
    /// <exception cref="MediaException">`media_not_found`.</exception>
    public VideoSource Source(ParseResult line)
    {
        string path = line.GetRequiredValue(_video);
        if (path.Length == 0)
            throw new UsageException(ErrorCodes.UsageOption, "VIDEO: empty (expected a file)");
        if (!Path.Exists(path))
            throw new MediaException(ErrorCodes.MediaNotFound, $"{PrintableText.Clip(path)}: no such file");
        return VideoSource.FromFile(path);
    }

    /// <summary>Which of its frames.</summary>
    public VideoOptions Options(ParseResult line)
    {
        Sampling sampling = _withSampling ? line.GetValue(_sampling) : new Sampling(FrameSamplingMode.Uniform, []);
        VideoOptions options = new()
        {
            Frames = line.GetValue(_frames),
            Sampling = sampling.Mode,
            Selection = line.GetValue(_selection),
        };
        return sampling.Mode switch
        {
            FrameSamplingMode.FramesPerSecond => options with { FramesPerSecond = sampling.Numbers[0] },
            FrameSamplingMode.AtTimes => options with { Times = sampling.Numbers },
            _ => options,
        };
    }

    private readonly record struct Sampling(FrameSamplingMode Mode, double[] Numbers)
    {
        public static Sampling? Parse(string text)
        {
            if (text == "uniform")
                return new Sampling(FrameSamplingMode.Uniform, []);
            bool isRate = text.StartsWith("fps:", StringComparison.Ordinal);
            if (isRate && ParseNumbers(text[4..]) is [> 0] rate)
                return new Sampling(FrameSamplingMode.FramesPerSecond, rate);
            bool isTimes = text.StartsWith("at:", StringComparison.Ordinal);
            if (isTimes && ParseNumbers(text[3..]) is { } times)
                return new Sampling(FrameSamplingMode.AtTimes, times);
            return null;
        }

        private static double[]? ParseNumbers(string text)
        {
            string[] parts = text.Split(',');
            double[] numbers = new double[parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                const NumberStyles Styles = NumberStyles.AllowDecimalPoint;
                if (!double.TryParse(parts[i], Styles, CultureInfo.InvariantCulture, out numbers[i]))
                    return null;
            }
            return numbers;
        }
    }
}
