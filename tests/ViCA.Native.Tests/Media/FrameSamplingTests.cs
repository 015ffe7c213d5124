using System.Text.Json;
using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public class FrameSamplingTests
{
    [Fact]
    public void Uniform_AreNumpysLinspace()
    {
        JsonElement[] lines = ReadLines("linspace.jsonl");

        Assert.Equal(179, lines.Length);
        Assert.All(lines, line => Assert.Equal(
            Numbers(line.GetProperty("indices")),
            FrameSampling.Uniform(line.GetProperty("n").GetInt32(), line.GetProperty("frames").GetInt32())));
    }

    [Fact]
    public void Uniform_OfTheLengthsWhereExactDivisionDiffers_FloorTheProduct()
    {
        Assert.Equal(50, FrameSampling.Uniform(154, 64)[21]);
        Assert.Equal(101, FrameSampling.Uniform(154, 64)[42]);
        Assert.Equal(118, FrameSampling.Uniform(154, 64)[49]);
        Assert.Equal(114, FrameSampling.Uniform(162, 64)[45]);
    }

    [Fact]
    public void Uniform_OfALongAndAShortVideo()
    {
        int[] spread = FrameSampling.Uniform(4464, 64);
        Assert.Equal([0, 70, 141, 212, 283, 354], spread[..6]);
        Assert.Equal([4321, 4392, 4463], spread[^3..]);
        Assert.Equal(
            [
                0, 4, 9, 14, 18, 23, 28, 33, 37, 42, 47, 52, 56, 61, 66, 71, 75, 80, 85, 90, 94, 99, 104, 109, 113, 118,
                123, 128, 132, 137, 142, 147, 151, 156, 161, 166, 170, 175, 180, 185, 189, 194, 199, 204, 208, 213, 218,
                223, 227, 232, 237, 242, 246, 251, 256, 261, 265, 270, 275, 280, 284, 289, 294, 299,
            ],
            FrameSampling.Uniform(300, 64));
    }

    [Fact]
    public void LoadVideo_GivesTheCardsFramesAndTimes()
    {
        JsonElement[] lines = [.. ReadLines("load_video.jsonl").Where(line => !line.TryGetProperty("error", out _))];

        Assert.Equal(71, lines.Length);
        Assert.All(lines, line =>
        {
            FrameSample sample = LoadVideo(line);
            Assert.Equal(Numbers(line.GetProperty("indices")), sample.SourceIndices);
            Assert.Equal(line.GetProperty("frame_time").GetString(), sample.FrameTimeText);
            Assert.Equal(line.GetProperty("video_time").GetDouble(), sample.VideoTimeSeconds);
            Assert.Equal(line.GetProperty("video_time_text").GetString(), sample.VideoTimeText);
            Assert.Equal(Enumerable.Range(0, sample.Frames.Count), sample.Frames.Select(frame => frame.Index));
        });
    }

    [Fact]
    public void LoadVideo_WhereTheCardRaises_SpreadsTheFramesOverTheVideo()
    {
        JsonElement[] lines =
        [
            .. ReadLines("load_video.jsonl").Where(line => line.TryGetProperty("error", out JsonElement error)
                && error.GetString()!.StartsWith("ValueError: range()", StringComparison.Ordinal)),
        ];

        Assert.Equal(5, lines.Length);
        Assert.All(lines, line =>
        {
            int[] expected = FrameSampling.Uniform(
                line.GetProperty("n").GetInt32(), line.GetProperty("frames").GetInt32());
            Assert.Equal(expected, LoadVideo(line).SourceIndices);
        });
    }

    [Fact]
    public void LoadVideo_WithoutARate_IsAProgrammingError() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameSampling.LoadVideo(10, new FrameRate(0, 0), 64, 1, true));

    [Fact]
    public void UniformSample_TimesAreNumberOverRate()
    {
        FrameSample sample = FrameSampling.Uniform(4464, new FrameRate(30, 1), 64);

        Assert.Equal(new SampledFrame(63, 4463, 4463 / 30.0), sample.Frames[63]);
        Assert.Equal("148.80", sample.VideoTimeText);
        Assert.Equal(463, sample.FrameTimeText.Length);
        Assert.StartsWith("0.00s,2.33s,4.70s,7.07s,9.43s,11.80s", sample.FrameTimeText, StringComparison.Ordinal);
    }

    [Fact]
    public void At_TakesTheNearestFrame_TiesToEven()
    {
        FrameSample sample = FrameSampling.At(100, new FrameRate(25, 1), [0, 0.059, 0.02, 0.06, 4]);

        Assert.Equal([0, 1, 0, 2, 99], sample.SourceIndices);
        Assert.Equal(2 / 25.0, sample.Frames[3].TimeSeconds);
    }

    [Theory]
    [InlineData(-0.1, "-0.1")]
    [InlineData(4.01, "4.01")]
    [InlineData(double.NaN, "NaN")]
    public void At_OutsideTheVideo_IsRefused(double seconds, string found)
    {
        RequestException error =
            Assert.Throws<RequestException>(() => FrameSampling.At(100, new FrameRate(25, 1), [seconds]));

        Assert.Equal(ErrorCodes.RequestRange, error.Code);
        Assert.Equal($"frame time: outside the video (expected 0 … 4 s, found {found} s)", error.Message);
    }

    [Theory]
    [InlineData(0.125, "0.12")]
    [InlineData(0.375, "0.38")]
    [InlineData(2.675, "2.67")]
    [InlineData(0.005, "0.01")]
    [InlineData(0.0, "0.00")]
    [InlineData(5e-324, "0.00")]
    [InlineData(-1.5, "-1.50")]
    [InlineData(1e17, "100000000000000000.00")]
    public void FormatSeconds_RoundsTheExactValueTiesToEven(double seconds, string expected) =>
        Assert.Equal(expected, FrameSample.FormatSeconds(seconds));

    private static FrameSample LoadVideo(JsonElement line) => FrameSampling.LoadVideo(
        line.GetProperty("n").GetInt32(),
        new FrameRate(line.GetProperty("rate")[0].GetInt32(), line.GetProperty("rate")[1].GetInt32()),
        line.GetProperty("frames").GetInt32(),
        line.GetProperty("fps").GetDouble(),
        line.GetProperty("force_sample").GetBoolean());

    private static JsonElement[] ReadLines(string file) =>
    [
        .. File.ReadLines(Path.Combine(RepositoryPaths.Fixtures, "sampling", file))
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    private static int[] Numbers(JsonElement numbers) =>
        [.. numbers.EnumerateArray().Select(number => number.GetInt32())];
}
