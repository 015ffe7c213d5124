using System.Text.Json;
using ViCA.Native.Media.Image;

namespace ViCA.Native.Tests.Media;

public class BicubicResizeTests
{
    [Fact]
    public void Resize_GivesPillowsBytes()
    {
        JsonElement[] cases = ImageVectors.Cases("resize.json");

        Assert.Equal(71, cases.Length);
        Assert.All(cases, vector =>
        {
            byte[] picture = ImageVectors.Picture(vector);
            Assert.Equal(vector.GetProperty("input_sha256").GetString(), ImageVectors.Hash(picture));
            Assert.Equal(vector.GetProperty("sha256").GetString(), ImageVectors.Hash(Resize(vector, picture)));
        });
    }

    [Fact]
    public void Resize_OfAVideosFrame_GivesPillowsPixels()
    {
        JsonElement vector = ImageVectors.Cases("resize.json").Single(candidate => candidate.GetProperty("sha256")
            .GetString() == "b72c62929c1f670f998bb20d25506caef688ddea51d3300bbfd397a7134ec82c");
        byte[] resized = Resize(vector, ImageVectors.Picture(vector));

        Assert.Equal(640, vector.GetProperty("width").GetInt32());
        Assert.Equal(480, vector.GetProperty("height").GetInt32());
        Assert.Equal([2, 0, 0], Pixel(0, 0));
        Assert.Equal([14, 4, 2], Pixel(0, 1));
        Assert.Equal([151, 119, 50], Pixel(100, 200));
        Assert.Equal([18, 225, 160], Pixel(383, 383));

        byte[] Pixel(int y, int x) => resized[((y * 384 + x) * 3)..((y * 384 + x + 1) * 3)];
    }

    [Fact]
    public void Resize_WithoutVectors_GivesTheSameBytes()
    {
        JsonElement[] cases =
        [
            .. ImageVectors.Cases("resize.json")
                .Where(vector =>
                    vector.GetProperty("width").GetInt32() * vector.GetProperty("height").GetInt32() < 80_000),
        ];

        Assert.True(cases.Length > 20);
        Assert.All(cases, vector => Assert.Equal(
            vector.GetProperty("sha256").GetString(),
            ImageVectors.Hash(Resize(vector, ImageVectors.Picture(vector), vectors: false))));
    }

    [Theory]
    [InlineData(0, "gradient-13x17-to-32.rgb")]
    [InlineData(1, "noise-97x61-to-48.rgb")]
    public void Resize_OfASmallPicture_GivesEveryByte(int index, string file)
    {
        JsonElement vector = ImageVectors.Cases("raw.json")[index];
        byte[] expected = File.ReadAllBytes(Path.Combine(RepositoryPaths.Fixtures, "image", file));

        Assert.Equal(expected, Resize(vector, ImageVectors.Picture(vector)));
    }

    [Fact]
    public void Resize_OfAPictureOfTheWrongLength_Throws()
    {
        BicubicResize resize = new(4, 4, 2, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => resize.Resize(new byte[47], new byte[12]));
        Assert.Throws<ArgumentOutOfRangeException>(() => resize.Resize(new byte[48], new byte[13]));
    }

    internal static byte[] Resize(JsonElement vector, byte[] picture, bool vectors = true)
    {
        int target = vector.GetProperty("target").GetInt32();
        byte[] output = new byte[target * target * 3];
        int width = vector.GetProperty("width").GetInt32();
        int height = vector.GetProperty("height").GetInt32();
        BicubicResize resize = vectors
            ? new BicubicResize(width, height, target, target)
            : new BicubicResize(width, height, target, target, vectors: false);
        resize.Resize(picture, output);
        return output;
    }
}
