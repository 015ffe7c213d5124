using System.Runtime.InteropServices;
using System.Text.Json;
using ViCA.Native.Media.Image;
using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public class VideoDecodingTests
{
    private const int Side = 384;

    public static TheoryData<string> ReadableClips => [.. VideoVectors.Readable];

    [Theory]
    [MemberData(nameof(ReadableClips))]
    public void PixelValues_OfEightFrames_AreThoseOfTheReference(string file)
    {
        JsonElement clip = VideoVectors.Clip(file);
        VideoFrames frames = Read(
            VideoVectors.Path(file), VideoVectors.Indices(clip.GetProperty("frames")), FrameSelection.Reference);

        Assert.Equal(clip.GetProperty("pixel_values_sha256").GetString(), PixelValuesHash(frames));
    }

    [Fact]
    public void PixelValues_Of64Frames_AreThoseOfTheReference()
    {
        JsonElement expected = VideoVectors.Clip("h264-closed.mp4").GetProperty("frames64");
        VideoFrames frames = Read(
            VideoVectors.Path("h264-closed.mp4"),
            VideoVectors.Numbers(expected.GetProperty("indices")),
            FrameSelection.Reference);

        Assert.Equal(expected.GetProperty("pixel_values_sha256").GetString(), PixelValuesHash(frames));
    }

    [SkippableTheory]
    [InlineData("jobs.mp4")]
    [InlineData("xU25MMA2N4aVtYay.mp4")]
    public void Read_OfARealVideo_GivesTheBytesOfDecord(string file)
    {
        string path = Path.Combine(RepositoryPaths.External, file);
        Skip.IfNot(File.Exists(path), $"needs ../shared/external/{file}, which is not there");
        JsonElement clip = VideoVectors.External(file);
        JsonElement frames = clip.GetProperty("frames");
        JsonElement frames64 = clip.GetProperty("frames64");
        int[] indices64 = VideoVectors.Numbers(frames64.GetProperty("indices"));

        VideoFrames eight = Read(path, VideoVectors.Indices(frames), FrameSelection.Reference);
        VideoFrames reference = Read(path, indices64, FrameSelection.Reference);
        VideoFrames exact = Read(path, indices64, FrameSelection.Exact);

        Assert.Equal(VideoVectors.Hashes(frames), Hashes(eight));
        Assert.Equal(
            VideoVectors.Strings(frames64.GetProperty("first16_sha256")), Hashes(reference).Select(hash => hash[..16]));
        Assert.Equal(Hashes(reference), Hashes(exact));
        Assert.Equal(0, reference.DifferingFrames);
    }

    [Theory]
    [InlineData("av1.mp4", 128, 96, 30)]
    [InlineData("tiny-16x16.mp4", 16, 16, 20)]
    [InlineData("own/one-group.ts", 64, 48, 5)]
    public void ReadReference_OfAClipThatDecordRefuses_ReadsItExactly(string file, int width, int height, int count)
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        int[] indices = FrameSampling.Uniform(count, 8);
        VideoFrames frames = reader.Read(indices, FrameSelection.Reference, null, CancellationToken.None);
        VideoFrames exact = reader.Read(indices, FrameSelection.Exact, null, CancellationToken.None);

        Assert.Equal((width, height, count), (reader.Info.Width, reader.Info.Height, reader.Info.FrameCount));
        Assert.Equal(FrameSelection.Exact, frames.Selection);
        Assert.Equal(Hashes(exact), Hashes(frames));
        Assert.Equal(Math.Min(8, count), Hashes(frames).Distinct().Count());
    }

    [Theory]
    [InlineData("width-98x62.mp4")]
    [InlineData("rotate-90.mp4")]
    [InlineData("h264-open.mp4")]
    public void ReadResized_GivesTheResizedFrames(string file)
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        int[] indices = FrameSampling.Uniform(reader.Info.FrameCount, 4);
        VideoFrames frames = reader.Read(indices, FrameSelection.Reference, null, CancellationToken.None);
        BicubicResize resize = new(frames.Width, frames.Height, 126, 84);
        byte[] expected = new byte[resize.OutputBytes];

        VideoFrames resized = reader.ReadResized(
            indices, FrameSelection.Reference, 126, 84, null, CancellationToken.None);

        Assert.Equal((126, 84, 4), (resized.Width, resized.Height, resized.Count));
        for (int i = 0; i < frames.Count; i++)
        {
            resize.Resize(frames[i], expected);
            Assert.Equal(expected, resized.Memory(i).ToArray());
        }
    }

    [Fact]
    public void Read_OfRepeatedNumbers_SharesMemory()
    {
        VideoFrames frames = Read(VideoVectors.Path("single.mp4"), [0, 0, 0], FrameSelection.Reference);

        Assert.Equal(3, frames.Count);
        Assert.True(frames.Memory(0).Equals(frames.Memory(2)));
        Assert.Equal(frames.Width * frames.Height * 3, frames[0].Length);
    }

    [Theory]
    [InlineData("h264-open-long.mp4")]
    [InlineData("h264.ts")]
    [InlineData("edit-cut.mp4")]
    public void Read_Twice_GivesTheSameFrames(string file)
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        int[] indices = FrameSampling.Uniform(reader.Info.FrameCount, 16);

        foreach (FrameSelection selection in Enum.GetValues<FrameSelection>())
        {
            VideoFrames first = reader.Read(indices, selection, null, CancellationToken.None);
            VideoFrames second = reader.Read(indices, selection, null, CancellationToken.None);
            Assert.Equal(Hashes(first), Hashes(second));
        }
    }

    [Fact]
    public void ReadExact_InAnyOrder_GivesTheFramesAsAsked()
    {
        string path = VideoVectors.Path("h264-closed.mp4");
        VideoFrames forward = Read(path, [0, 17, 59], FrameSelection.Exact);
        VideoFrames backward = Read(path, [59, 17, 0, 17], FrameSelection.Exact);

        string[] hashes = Hashes(forward);
        Assert.Equal([hashes[2], hashes[1], hashes[0], hashes[1]], Hashes(backward));
    }

    [Fact]
    public void Read_ReportsTheFramesThatAreReady_RepeatsIncluded()
    {
        Recorder recorder = new();
        using VideoReader reader = VideoReader.Open(VideoVectors.Path("three.mp4"), CancellationToken.None);

        _ = reader.Read([0, 1, 1, 2], FrameSelection.Reference, recorder, CancellationToken.None);

        Assert.Equal([1, 3, 4], recorder.Reports);
    }

    [Fact]
    public void Read_OfANumberOutsideTheVideo_IsAProgrammingError()
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path("three.mp4"), CancellationToken.None);

        Assert.Throws<ArgumentOutOfRangeException>(
            () => reader.Read([3], FrameSelection.Reference, null, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => reader.Read([-1], FrameSelection.Exact, null, CancellationToken.None));
    }

    [Fact]
    public void Open_WhenCancelled_Stops() => Assert.ThrowsAny<OperationCanceledException>(
        () => VideoReader.Open(VideoVectors.Path("three.mp4"), new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("h264-long.mp4", FrameSelection.Reference)]
    [InlineData("h264-open-long.mp4", FrameSelection.Reference)]
    [InlineData("h264-open-long.mp4", FrameSelection.Exact)]
    public void Read_WhenCancelledOnTheWay_StopsAtTheNextPacket(string file, FrameSelection selection)
    {
        using CancellationTokenSource source = new();
        Recorder recorder = new(count =>
        {
            if (count == 2)
                source.Cancel();
        });
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        int[] indices = FrameSampling.Uniform(reader.Info.FrameCount, 64);

        Assert.ThrowsAny<OperationCanceledException>(() => reader.Read(indices, selection, recorder, source.Token));
        Assert.InRange(recorder.Reports.Count, 2, 20);
    }

    [Fact]
    public void Dispose_Twice_IsFine_AndReadingAfterItIsNot()
    {
        VideoReader reader = VideoReader.Open(VideoVectors.Path("three.mp4"), CancellationToken.None);
        reader.Dispose();
        reader.Dispose();

        Assert.Throws<ObjectDisposedException>(
            () => reader.Read([0], FrameSelection.Reference, null, CancellationToken.None));
    }

    private static VideoFrames Read(string path, int[] indices, FrameSelection selection)
    {
        using VideoReader reader = VideoReader.Open(path, CancellationToken.None);
        return reader.Read(indices, selection, null, CancellationToken.None);
    }

    private static string[] Hashes(VideoFrames frames) =>
        [.. Enumerable.Range(0, frames.Count).Select(i => VideoVectors.Hash(frames[i]))];

    /// <summary>SHA-256 of [frames, 3, 384, 384] bfloat16 bits, little-endian.</summary>
    private static string PixelValuesHash(VideoFrames frames)
    {
        BicubicResize resize = new(frames.Width, frames.Height, Side, Side);
        byte[] resized = new byte[Side * Side * 3];
        ushort[] values = new ushort[frames.Count * resized.Length];
        for (int i = 0; i < frames.Count; i++)
        {
            resize.Resize(frames[i], resized);
            ReadOnlySpan<ushort> table = PixelTable.BFloat16Bits;
            Span<ushort> frame = values.AsSpan(i * resized.Length, resized.Length);
            for (int pixel = 0; pixel < Side * Side; pixel++)
            {
                frame[pixel] = table[resized[pixel * 3]];
                frame[(Side * Side) + pixel] = table[resized[(pixel * 3) + 1]];
                frame[(2 * Side * Side) + pixel] = table[resized[(pixel * 3) + 2]];
            }
        }
        return VideoVectors.Hash(MemoryMarshal.AsBytes<ushort>(values));
    }

    private sealed class Recorder(Action<int>? react = null) : IProgress<int>
    {
        internal List<int> Reports { get; } = [];

        public void Report(int value)
        {
            Reports.Add(value);
            react?.Invoke(value);
        }
    }
}
