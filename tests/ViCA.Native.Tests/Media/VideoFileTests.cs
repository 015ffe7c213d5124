using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public sealed class VideoFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_OfAMissingFile_SaysSo() =>
        AssertRefused(_folder["none.mp4"], ErrorCodes.MediaNotFound, "no such file");

    [Fact]
    public void Open_OfAnEmptyName_SaysSo() => AssertRefused("", ErrorCodes.MediaNotFound, "no such file");

    [Fact]
    public void Open_OfADirectory_IsRefused() =>
        AssertRefused(_folder.Path, ErrorCodes.MediaNotRegularFile, "input is not a regular file");

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/proc/self/mem")]
    [InlineData("/proc/self/maps")]
    public void Open_OfSomethingOfTheKernels_IsRefused(string path) =>
        AssertRefused(path, ErrorCodes.MediaNotRegularFile, "input is not a regular file");

    [Fact]
    public async Task Open_OfAFifo_IsRefusedWithoutHanging()
    {
        string fifo = MakeFifo("pipe.mp4");

        await Task.Run(() => AssertRefused(fifo, ErrorCodes.MediaNotRegularFile, "input is not a regular file"))
            .WaitAsync(Patience);
    }

    [Fact]
    public void Open_OfASymbolicLinkToItself_IsRefused()
    {
        File.CreateSymbolicLink(_folder["loop.mp4"], _folder["loop.mp4"]);

        AssertRefused(_folder["loop.mp4"], ErrorCodes.MediaNotRegularFile, "input is not a regular file");
    }

    [Fact]
    public void Open_OfASymbolicLinkToAVideo_ReadsIt()
    {
        File.CreateSymbolicLink(_folder["link.mp4"], VideoVectors.Path("three.mp4"));

        Assert.Equal(3, FrameCount(_folder["link.mp4"]));
    }

    [Theory]
    [InlineData("concat:a.mp4|b.mp4")]
    [InlineData("-x")]
    [InlineData("%03d.mp4")]
    [InlineData("file:x.mp4")]
    [InlineData("two\nlines.mp4")]
    [InlineData("クリップ é.mp4")]
    [InlineData("http:x")]
    public void Open_OfAStrangeName_TakesItAsAName(string name)
    {
        File.Copy(VideoVectors.Path("three.mp4"), _folder[name]);

        Assert.Equal(3, FrameCount(_folder[name]));
    }

    [Fact]
    public void Open_OfANameOf4000Characters_CutsItInTheMessage()
    {
        MediaException error = Assert.Throws<MediaException>(() => FrameCount(new string('x', 4000)));

        Assert.Equal(ErrorCodes.MediaNotFound, error.Code);
        Assert.Equal(new string('x', 79) + "…: no such file", error.Message);
    }

    [Fact]
    public void Label_HasNoControlCharacters() => Assert.Equal("a?b?c.mp4", MediaLabel.Of("a\nb\u001bc.mp4"));

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nneighbour.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile neighbour.ts\n")]
    [InlineData("file 'neighbour.ts'\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<MPD><BaseURL>neighbour.ts</BaseURL></MPD>")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=video 5004 RTP/AVP 96\n")]
    [InlineData("\uFEFF\r\n#EXTM3U\nneighbour.ts\n")]
    public async Task Open_OfAPlaylist_OpensNoOtherFile(string text)
    {
        // Opening a FIFO that nobody writes to never ends.
        MakeFifo("neighbour.ts");
        string playlist = _folder.Write("list.mp4", Encoding.UTF8.GetBytes(text));

        await Task.Run(() => AssertRefused(playlist, ErrorCodes.MediaPlaylistRefused, "playlists are not accepted"))
            .WaitAsync(Patience);
    }

    [Theory]
    [InlineData("ftypheic")]
    [InlineData("ftypavif")]
    public void Open_OfAStillImageInBoxes_IsNotRecognized(string type)
    {
        byte[] bytes = [0, 0, 0, 16, .. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0];

        AssertRefused(
            _folder.Write("still.mp4", bytes),
            ErrorCodes.MediaUnrecognized,
            "not a supported video container (MP4/MOV, Matroska/WebM, AVI, MPEG-TS, MPEG-PS, FLV)");
    }

    [Fact]
    public void Open_OfAnEncryptedTrack_SaysSo() =>
        AssertRefused(
            VideoVectors.Path("own/encrypted.mp4"), ErrorCodes.MediaEncrypted, "the video track is encrypted");

    [Fact]
    public void Open_OfAnUnacceptedCodec_NamesIt() =>
        AssertRefused(VideoVectors.Path("ffv1-rgb.mkv"), ErrorCodes.MediaCodec, "codec 'ffv1' is not accepted");

    [Fact]
    public void Open_OfACutMp4_CountsTheFrames() => AssertRefused(
        VideoVectors.Path("truncated-half.mp4"),
        ErrorCodes.MediaTruncated,
        "the video is cut off (expected 60 frames, found 26)");

    [Fact]
    public void Open_OfAnMp4WithoutIndex_SaysSo() => AssertRefused(
        VideoVectors.Path("truncated-no-moov.mp4"),
        ErrorCodes.MediaTruncated,
        "index missing; the file looks cut off");

    [Fact]
    public void Open_OfACutMatroska_CountsTheBytes() => AssertRefused(
        VideoVectors.Path("truncated.mkv"),
        ErrorCodes.MediaTruncated,
        "the file looks cut off (expected 14587 bytes, found 7293)");

    [Fact]
    public void Open_OfAHugePicture_IsRefusedByItsHeader()
    {
        byte[] avi = File.ReadAllBytes(VideoVectors.Path("mjpeg422.avi"));
        Patch(avi, "strf", 4, 16000);
        Patch(avi, "strf", 8, 16000);

        AssertRefused(
            _folder.Write("huge.avi", avi), ErrorCodes.MediaTooLarge, "16000x16000 (expected at most 33554432 pixels)");
    }

    [Fact]
    public void Open_OfAThinPicture_ReadsUpToARatioOf200()
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path("own/thin-2x400.avi"), CancellationToken.None);
        VideoFrames frames = reader.Read([0, 4], FrameSelection.Reference, null, CancellationToken.None);

        Assert.Equal((2, 400, FrameSelection.Exact), (frames.Width, frames.Height, frames.Selection));
        AssertRefused(
            VideoVectors.Path("own/thin-2x402.avi"),
            ErrorCodes.MediaDimensions,
            "2x402 is not usable (expected sides ≥ 2, ratio ≤ 200)");
    }

    [Fact]
    public void Open_OfTooManyFrames_IsRefused()
    {
        byte[] clip = File.ReadAllBytes(VideoVectors.Path("h264.ts"));
        using (FileStream file = File.Create(_folder["long.ts"]))
        {
            for (int i = 0; i < (36_000 / 40) + 1; i++)
                file.Write(clip);
        }

        AssertRefused(_folder["long.ts"], ErrorCodes.MediaTooLong, "more than 36000 frames or 3600 s");
    }

    [Fact]
    public void Open_OfTooLongAVideo_IsRefused() => AssertRefused(
        _folder.Write("slow.avi", WithRate(rate: 1, scale: 91)),
        ErrorCodes.MediaTooLong,
        "more than 36000 frames or 3600 s");

    [Fact]
    public void Open_OfAnImpossibleRate_SaysThatThereAreNoTimes() => AssertRefused(
        _folder.Write("fast.avi", WithRate(rate: 1_000_000, scale: 1)),
        ErrorCodes.MediaTimeline,
        "frame times cannot be established (expected at most 1000 frames per second, found 1000000/1)");

    private static byte[] WithRate(int rate, int scale)
    {
        byte[] avi = File.ReadAllBytes(VideoVectors.Path("mpeg4.avi"));
        Patch(avi, "strh", 20, scale);
        Patch(avi, "strh", 24, rate);
        return avi;
    }

    /// <summary>Writes a number at an offset inside the first RIFF chunk of a kind.</summary>
    private static void Patch(byte[] avi, string chunk, int offset, int value)
    {
        int start = avi.AsSpan().IndexOf(Encoding.ASCII.GetBytes(chunk)) + 8;
        BinaryPrimitives.WriteInt32LittleEndian(avi.AsSpan(start + offset), value);
    }

    private static void AssertRefused(string path, string code, string text)
    {
        MediaException error = Assert.Throws<MediaException>(() =>
        {
            using VideoReader reader = VideoReader.Open(path, CancellationToken.None);
        });
        Assert.Equal((code, $"{MediaLabel.Of(path)}: {text}"), (error.Code, error.Message));
    }

    private static int FrameCount(string path)
    {
        using VideoReader reader = VideoReader.Open(path, CancellationToken.None);
        int[] indices = FrameSampling.Uniform(reader.Info.FrameCount, 3);
        Assert.Equal(3, reader.Read(indices, FrameSelection.Reference, null, CancellationToken.None).Count);
        return reader.Info.FrameCount;
    }

    private string MakeFifo(string name)
    {
        using Process process = Process.Start("mkfifo", [_folder[name]]);
        process.WaitForExit();
        return _folder[name];
    }
}
