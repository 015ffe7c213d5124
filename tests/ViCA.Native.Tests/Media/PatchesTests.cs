using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ViCA.Native.Media.Image;

namespace ViCA.Native.Tests.Media;

public class PatchesTests
{
    private const int PatchSize = 14;

    [Fact]
    public void BFloat16Bits_AreThoseOfTheReference()
    {
        JsonElement table = ImageVectors.Read("normalize.json");
        ushort[] expected =
        [
            .. table.GetProperty("bf16").EnumerateArray()
                .Select(bits => ushort.Parse(bits.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        ];

        Assert.Equal(expected, PixelTable.BFloat16Bits.ToArray());
    }

    [Theory]
    [InlineData(0, 729)]
    [InlineData(1, 729)]
    [InlineData(2, 81)]
    public void Fill_GivesTheReferencesPatchMatrix(int index, int count)
    {
        JsonElement vector = ImageVectors.Cases("patches.json")[index];
        int side = vector.GetProperty("target").GetInt32();
        byte[] resized = BicubicResizeTests.Resize(vector, ImageVectors.Picture(vector));

        Assert.Equal(count, Patches.Count(side, PatchSize));
        ushort[] patches = new ushort[count * 588];
        Patches.Fill(resized, side, PatchSize, patches);

        Assert.Equal(
            vector.GetProperty("sha256").GetString(), ImageVectors.Hash(MemoryMarshal.AsBytes<ushort>(patches)));
    }
}
