using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public class VideoRefusalTests
{
    public static TheoryData<string, string> RefusedClips
    {
        get
        {
            TheoryData<string, string> clips = [];
            foreach ((string file, string name) in VideoVectors.Refused)
                clips.Add(file, $"media_{name}");
            return clips;
        }
    }

    [Theory]
    [MemberData(nameof(RefusedClips))]
    public void Read_OfAClipThatIsNotUsable_ReportsItsClass(string file, string code)
    {
        MediaException error = Assert.Throws<MediaException>(() => ReadAll(file));

        Assert.Equal((code, 4), (error.Code, error.ExitCode));
        Assert.StartsWith(MediaLabel.Of(VideoVectors.Path(file)) + ": ", error.Message, StringComparison.Ordinal);
    }

    private static void ReadAll(string file)
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        int[] indices = ViCA.Native.Media.Sampling.FrameSampling.Uniform(reader.Info.FrameCount, 64);
        _ = reader.Read(indices, FrameSelection.Reference, null, CancellationToken.None);
    }
}
