using System.Reflection;
using System.Text.Json;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public class LibavTests
{
    private static readonly (string Prefix, string Struct)[] Structs =
    [
        ("Format", "AVFormatContext"),
        ("Stream", "AVStream"),
        ("Parameters", "AVCodecParameters"),
        ("Packet", "AVPacket"),
        ("Codec", "AVCodecContext"),
        ("Frame", "AVFrame"),
    ];

    /// <summary>Our full words for fields whose libav names are not simply the words in snake case.</summary>
    private static readonly Dictionary<string, string> FieldNames = new()
    {
        ["FormatStreamCount"] = "nb_streams",
        ["StreamFrameCount"] = "nb_frames",
        ["StreamAverageFrameRate"] = "avg_frame_rate",
        ["StreamParameters"] = "codecpar",
        ["CodecPacketTimeBase"] = "pkt_timebase",
        ["FrameLineSize"] = "linesize",
        ["FrameColourRange"] = "color_range",
        ["FrameColourSpace"] = "colorspace",
    };

    private static JsonElement Layout =>
        JsonDocument.Parse(File.ReadAllText(VideoVectors.Path("libav59-layout.json"))).RootElement;

    [Fact]
    public void Version59_HasTheOffsetsOfTheHeaders()
    {
        PropertyInfo[] offsets =
        [
            .. typeof(LibavLayout).GetProperties(BindingFlags.Instance | BindingFlags.NonPublic)
                .Where(property => property.PropertyType == typeof(int)),
        ];

        Assert.True(offsets.Length > 15);
        Assert.All(offsets, offset =>
        {
            (string prefix, string structure) =
                Structs.First(s => offset.Name.StartsWith(s.Prefix, StringComparison.Ordinal));
            string field = FieldNames.GetValueOrDefault(offset.Name) ?? SnakeCase(offset.Name[prefix.Length..]);
            Assert.Equal(
                Layout.GetProperty(structure).GetProperty(field).GetInt32(), offset.GetValue(LibavLayout.Version59));
        });
    }

    [Theory]
    [InlineData(nameof(LibavConstants.MediaTypeVideo), "AVMEDIA_TYPE_VIDEO")]
    [InlineData(nameof(LibavConstants.DispositionDefault), "AV_DISPOSITION_DEFAULT")]
    [InlineData(nameof(LibavConstants.DispositionAttachedPicture), "AV_DISPOSITION_ATTACHED_PIC")]
    [InlineData(nameof(LibavConstants.SideDataDisplayMatrix), "AV_PKT_DATA_DISPLAYMATRIX")]
    [InlineData(nameof(LibavConstants.PacketKey), "AV_PKT_FLAG_KEY")]
    [InlineData(nameof(LibavConstants.PacketCorrupt), "AV_PKT_FLAG_CORRUPT")]
    [InlineData(nameof(LibavConstants.PacketDiscard), "AV_PKT_FLAG_DISCARD")]
    [InlineData(nameof(LibavConstants.SeekBackward), "AVSEEK_FLAG_BACKWARD")]
    [InlineData(nameof(LibavConstants.SeekFrame), "AVSEEK_FLAG_FRAME")]
    [InlineData(nameof(LibavConstants.ErrorEndOfFile), "AVERROR_EOF")]
    [InlineData(nameof(LibavConstants.ErrorAgain), "AVERROR_EAGAIN")]
    [InlineData(nameof(LibavConstants.PixelFormatRgb24), "AV_PIX_FMT_RGB24")]
    [InlineData(nameof(LibavConstants.ScaleBilinear), "SWS_BILINEAR")]
    [InlineData(nameof(LibavConstants.ColourSpaceUnspecified), "AVCOL_SPC_UNSPECIFIED")]
    [InlineData(nameof(LibavConstants.ColourSpaceDefault), "SWS_CS_DEFAULT")]
    [InlineData(nameof(LibavConstants.ColourSpaceYcgco), "AVCOL_SPC_YCGCO")]
    [InlineData(nameof(LibavConstants.ColourSpaceLast), "AVCOL_SPC_BT2020_CL")]
    [InlineData(nameof(LibavConstants.ColourRangeLimited), "AVCOL_RANGE_MPEG")]
    [InlineData(nameof(LibavConstants.ColourRangeFull), "AVCOL_RANGE_JPEG")]
    public void Constants_AreThoseOfTheHeaders(string ours, string libavs)
    {
        FieldInfo constant = typeof(LibavConstants).GetField(ours, BindingFlags.Static | BindingFlags.NonPublic)!;

        Assert.Equal(Layout.GetProperty("constants").GetProperty(libavs).GetInt32(), constant.GetRawConstantValue());
    }

    [Fact]
    public void Detect_FindsTheVersionsThatTheProjectBinds()
    {
        LibavVersions versions = LibavVersions.Detect();

        Assert.True(versions.Usable, versions.Problem);
        Assert.StartsWith("59.", versions.Format, StringComparison.Ordinal);
        Assert.StartsWith("59.", versions.Codec, StringComparison.Ordinal);
        Assert.StartsWith("57.", versions.Util, StringComparison.Ordinal);
        Assert.StartsWith("6.", versions.Scale, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_WithoutLibav_SaysHowToInstallIt() => Assert.Equal(
        new LibavVersions(
            null,
            null,
            null,
            null,
            "libavformat 59 not found; apt-get install libavformat59 libavcodec59 libavutil57 libswscale6"),
        LibavLibraries.Probe(static _ => 0, []));

    [Fact]
    public void Probe_WithAnotherVersion_NamesTheFoundOne()
    {
        LibavVersions versions = LibavLibraries.Probe(file => file == "libavformat.so.60" ? 1 : 0, []);

        Assert.Equal(
            "libavformat 59 not found (found 60); apt-get install libavformat59 libavcodec59 libavutil57 libswscale6",
            versions.Problem);
        Assert.False(versions.Usable);
    }

    private static string SnakeCase(string words) => string.Concat(
        words.Select((c, i) => (char.IsUpper(c) && i > 0 ? "_" : "") + char.ToLowerInvariant(c)));
}
