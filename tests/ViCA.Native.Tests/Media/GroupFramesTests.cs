using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public class GroupFramesTests
{
    public static TheoryData<string> ClosedClips =>
    [
        "h264-closed.mp4", "h264-long.mp4", "h264.mkv", "h264-interlaced.mp4", "hevc-main10-bt2020.mp4", "vfr.mp4",
        "rotate-90.mp4", "start-offset.mp4", "single.mp4", "two-video.mp4", "h264-fragmented.mp4",
    ];

    [Theory]
    [MemberData(nameof(ClosedClips))]
    public void TryRead_OfClosedGroups_FindsEveryFrameWithoutFallingBack(string file)
    {
        int[] indices = VideoVectors.Indices(VideoVectors.Clip(file).GetProperty("frames"));
        string[] hashes = VideoVectors.Hashes(VideoVectors.Clip(file).GetProperty("frames"));
        (MediaFile media, VideoInfo info, PacketIndex packets) = Open(file);
        Dictionary<int, string> read = [];

        Assert.True(GroupFrames.Reads(media, info, packets));
        Assert.True(new GroupFrames(media, info, packets, null).TryRead(
            [.. indices.Distinct()], (place, rgb) => read.Add(place, VideoVectors.Hash(rgb)), CancellationToken.None));

        Assert.Equal(hashes, indices.Select(index => read[index]));
    }

    [Theory]
    [InlineData("h264-open.mp4")]
    [InlineData("hevc-open.mp4")]
    [InlineData("edit-cut.mp4")]
    [InlineData("h264.ts")]
    [InlineData("mpeg4-b.avi")]
    [InlineData("vp9.webm")]
    public void Reads_OfOtherClips_IsFalse(string file)
    {
        (MediaFile media, VideoInfo info, PacketIndex packets) = Open(file);

        Assert.False(GroupFrames.Reads(media, info, packets));
    }

    [Fact]
    public void Plan_ReadsOfEachGroupOnlyWhatItsFramesNeed()
    {
        (_, _, PacketIndex packets) = Open("h264-closed.mp4");

        GroupJob[] jobs = [.. GroupJob.Plan([0, 30, 44], packets)];

        Assert.Equal([(0, 1), (30, 45)], jobs.Select(job => (job.Start, job.Start == 0 ? job.End : 45)));
        Assert.InRange(jobs[1].End, 42, 45);
        Assert.Equal([30, 44], jobs[1].Places);
    }

    private static (MediaFile File, VideoInfo Info, PacketIndex Packets) Open(string file)
    {
        MediaFile media = MediaFile.Open(VideoVectors.Path(file));
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        using Demuxer demuxer = Demuxer.Open(media, CancellationToken.None);
        return (media, reader.Info, PacketIndex.Read(demuxer, VideoStream.Choose(demuxer), CancellationToken.None));
    }
}
