using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ViCA.Native.Media.Image;
using ViCA.Native.Media.Sampling;
using ViCA.Native.Media.Video;

namespace ViCA.Native.Tests.Media;

public class ContactSheetTests
{
    [Fact]
    public void Draw_PutsFramesIntoAGrid()
    {
        (VideoFrames frames, FrameSample sample) = Read("h264-closed.mp4", 5);

        ContactSheet sheet = ContactSheet.Draw(frames, sample, 3);

        Assert.Equal((3 * (128 + 2), 2 * (96 + 2 + 11)), (sheet.Width, sheet.Height));
        Assert.Equal(frames[4][..(128 * 3)], sheet.Rgb.AsSpan((((109 + 1) * sheet.Width) + 130 + 1) * 3, 128 * 3));
        Assert.Equal(96, sheet.Rgb[0]);
    }

    [Fact]
    public void Draw_WritesPlaceNumberAndTime()
    {
        (VideoFrames frames, FrameSample sample) = Read("h264-closed.mp4", 2);

        ContactSheet sheet = ContactSheet.Draw(frames, sample, 2);

        Assert.Equal(".###....", Dots(sheet, 1, 100));
        Assert.Equal("#...#...", Dots(sheet, 1, 101));
        Assert.Equal("#..##...", Dots(sheet, 1, 102));
        Assert.Equal("..#.....", Dots(sheet, 131, 100));
    }

    [Fact]
    public void Draw_OfLargeFrames_MakesThumbnailsOf240Pixels()
    {
        (VideoFrames frames, FrameSample sample) = Read("wide-256x16.mp4", 4);

        ContactSheet sheet = ContactSheet.Draw(frames, sample, 8);

        Assert.Equal((4 * 242, 15 + 2 + 11), (sheet.Width, sheet.Height));
        Assert.Equal(sheet.Rgb, ContactSheet.Draw(frames, sample, 8).Rgb);
    }

    [Fact]
    public void Write_OfAPng_CanBeReadBack()
    {
        byte[] rgb = [.. Enumerable.Range(0, 5 * 3 * 3).Select(i => (byte)(i * 37))];
        using MemoryStream file = new();

        PngWriter.Write(file, rgb, 5, 3);

        Assert.Equal(rgb, ReadPng(file.ToArray(), 5, 3));
    }

    [Fact]
    public void Write_OfAPng_HasTheChecksumsOfTheStandard()
    {
        using MemoryStream file = new();

        PngWriter.Write(file, [1, 2, 3], 1, 1);

        // The CRC of an empty IEND chunk is the same in every PNG file.
        Assert.Equal("49454E44AE426082", Convert.ToHexString(file.ToArray()[^8..]));
    }

    private static (VideoFrames Frames, FrameSample Sample) Read(string file, int count)
    {
        using VideoReader reader = VideoReader.Open(VideoVectors.Path(file), CancellationToken.None);
        FrameSample sample = FrameSampling.Uniform(reader.Info.FrameCount, reader.Info.AverageRate, count);
        return (reader.Read(sample.SourceIndices, FrameSelection.Reference, null, CancellationToken.None), sample);
    }

    private static string Dots(ContactSheet sheet, int left, int y) => string.Concat(
        Enumerable.Range(left, 8).Select(x => sheet.Rgb[((y * sheet.Width) + x) * 3] == 224 ? '#' : '.'));

    private static byte[] ReadPng(byte[] png, int width, int height)
    {
        int data = png.AsSpan().IndexOf(Encoding.ASCII.GetBytes("IDAT"));
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(data - 4));
        using ZLibStream zlib = new(new MemoryStream(png, data + 4, length), CompressionMode.Decompress);
        byte[] filtered = new byte[((width * 3) + 1) * height];
        zlib.ReadExactly(filtered);
        List<byte> rgb = [];
        for (int y = 0; y < height; y++)
        {
            Assert.Equal(2, filtered[y * ((width * 3) + 1)]);
            for (int i = 0; i < width * 3; i++)
            {
                int above = y == 0 ? 0 : rgb[^(width * 3)];
                rgb.Add((byte)(filtered[(y * ((width * 3) + 1)) + 1 + i] + above));
            }
        }
        return [.. rgb];
    }
}
