using System.Diagnostics;
using System.Text;
using ViCA.Native.Media.Image;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Cli.Bench;

/// <summary>The steps around the network: resize, tokenizer, video decoding.</summary>
internal static class PipelineBenchmarks
{
    private const int Side = 384;
    private const int TextBytes = 1 << 20;

    private static readonly string[] Words =
        ["the", "room", "has", "a", "table", "and", "two", "chairs", "near", "window", "sofa", "how", "far", "is", "lamp"];

    /// <summary>A full-HD frame to the model's square.</summary>
    public static BenchRow Resize()
    {
        const int Width = 1920, Height = 1080;
        byte[] source = new byte[Width * Height * 3], square = new byte[Side * Side * 3];
        new Random(1).NextBytes(source);
        BicubicResize resize = new(Width, Height, Side, Side);
        (double seconds, double _) = Stopwatches.Median(() => resize.Resize(source, square));
        return new BenchRow($"resize {Width}x{Height} to {Side}", 1 / seconds, "frames/s", null, null, seconds * 1e3);
    }

    /// <summary>One MiB of words, one thread.</summary>
    public static BenchRow Tokenize(BpeTokenizer tokenizer)
    {
        StringBuilder text = new(TextBytes);
        Random random = new(1);
        while (text.Length < TextBytes)
            text.Append(Words[random.Next(Words.Length)]).Append(' ');
        string words = text.ToString();
        (double seconds, double _) = Stopwatches.Median(() => tokenizer.Encode(words, recognizeSpecials: false));
        return new BenchRow("tokenizer, 1 MiB of words", words.Length / seconds / 1e6, "MB/s", null, null, seconds * 1e3);
    }

    /// <summary>64 frames of a clip; the ceiling is the ffmpeg program decoding all of it in one thread.</summary>
    public static BenchRow Decode(string clip)
    {
        VideoSource source = VideoSource.FromFile(clip);
        (double seconds, double peer) = Stopwatches.Median(
            () => SampledVideo.Read(source, VideoOptions.Default, Side, null, CancellationToken.None),
            () => VideoOptions.Default.Frames / FfmpegSeconds(clip));
        double frames = VideoOptions.Default.Frames / seconds;
        bool hasPeer = double.IsFinite(peer) && peer > 0;
        return new BenchRow(
            $"64 frames of {Path.GetFileName(clip)}",
            frames,
            "frames/s",
            hasPeer ? peer : null,
            hasPeer ? "ffmpeg -threads 1" : null,
            seconds * 1e3);
    }

    private static double FfmpegSeconds(string clip)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            string[] arguments = ["-v", "error", "-nostdin", "-threads", "1", "-i", clip, "-an", "-f", "null", "-"];
            using Process process = Process.Start(new ProcessStartInfo("ffmpeg", arguments))!;
            process.WaitForExit();
            return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds : double.PositiveInfinity;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No ffmpeg program here: the row has no peer.
            return double.PositiveInfinity;
        }
    }
}
