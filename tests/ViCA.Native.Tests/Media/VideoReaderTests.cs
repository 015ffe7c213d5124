using System.Text.Json;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public class VideoReaderTests
{
    public static TheoryData<string> ReadableClips => [.. VideoVectors.Readable];

    public static TheoryData<string> ClipsWithVectorsOf64 =>
        [.. VideoVectors.Readable.Where(file => VideoVectors.Clip(file).TryGetProperty("frames64", out _))];

    [Theory]
    [MemberData(nameof(ReadableClips))]
    public void Info_IsThatOfTheReference(string file)
    {
        JsonElement clip = VideoVectors.Clip(file);

        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);

        Assert.Equal(clip.GetProperty("n").GetInt32(), reader.Info.FrameCount);
        Assert.Equal(clip.GetProperty("avg_fps").GetDouble(), reader.Info.AverageFps);
        Assert.Equal(clip.GetProperty("width").GetInt32(), reader.Info.Width);
        Assert.Equal(clip.GetProperty("height").GetInt32(), reader.Info.Height);
        Assert.Equal(clip.GetProperty("libav51").GetProperty("codec").GetString(), reader.Info.Codec);
        Assert.Equal(
            clip.GetProperty("libav51").GetProperty("avg_frame_rate").GetString(), reader.Info.AverageRate.ToString());
    }

    [Theory]
    [MemberData(nameof(ReadableClips))]
    public void ReadReference_GivesTheBytesOfDecord(string file)
    {
        JsonElement expected = VideoVectors.Clip(file).GetProperty("frames");

        VideoFrames frames = Read(file, VideoVectors.Indices(expected), FrameSelection.Reference);

        Assert.Equal(VideoVectors.Hashes(expected), Hashes(frames));
        Assert.Equal(FrameSelection.Reference, frames.Selection);
    }

    [Theory]
    [MemberData(nameof(ClipsWithVectorsOf64))]
    public void ReadReference_Of64Indices_GivesTheBytesOfDecord(string file)
    {
        JsonElement expected = VideoVectors.Clip(file).GetProperty("frames64");

        VideoFrames frames = Read(
            file, VideoVectors.Numbers(expected.GetProperty("indices")), FrameSelection.Reference);

        Assert.Equal(
            VideoVectors.Strings(expected.GetProperty("first16_sha256")), Hashes(frames).Select(hash => hash[..16]));
    }

    [Theory]
    [MemberData(nameof(ReadableClips))]
    public void ReadExact_GivesTheFramesInPresentationOrder(string file)
    {
        JsonElement clip = VideoVectors.Clip(file);
        int[] indices = VideoVectors.Indices(clip.GetProperty("frames"));
        int last = clip.GetProperty("libav51").GetProperty("frames").GetInt32() - 1;
        Dictionary<int, string> hashOfPlace = VideoVectors.HashesByPlace(clip);

        VideoFrames read = Read(file, indices, FrameSelection.Exact);

        int[] known = [.. Enumerable.Range(0, 8).Where(i => hashOfPlace.ContainsKey(Math.Min(indices[i], last)))];
        Assert.True(known.Length >= 4);
        Assert.All(known, i => Assert.StartsWith(hashOfPlace[Math.Min(indices[i], last)], VideoVectors.Hash(read[i])));
        Assert.Equal(0, read.DifferingFrames);
    }

    [Theory]
    [MemberData(nameof(ReadableClips))]
    public void DifferingFrames_CountsPicturesThatAreNotTheExactOnes(string file)
    {
        JsonElement clip = VideoVectors.Clip(file);
        int[] indices = VideoVectors.Indices(clip.GetProperty("frames"));
        int last = clip.GetProperty("libav51").GetProperty("frames").GetInt32() - 1;
        int expected = clip.TryGetProperty("returned", out JsonElement returned)
            ? VideoVectors.Numbers(returned).Zip(indices, (got, index) => got == Math.Min(index, last) ? 0 : 1).Sum()
            : 0;

        Assert.Equal(expected, Read(file, indices, FrameSelection.Reference).DifferingFrames);
    }

    private static VideoFrames Read(string file, int[] indices, FrameSelection selection)
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        return reader.Read(indices, selection, null, CancellationToken.None);
    }

    private static string[] Hashes(VideoFrames frames) =>
        [.. Enumerable.Range(0, frames.Count).Select(i => VideoVectors.Hash(frames[i]))];
}
