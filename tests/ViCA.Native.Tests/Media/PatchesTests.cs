using System.Globalization;
using System.Text.Json;
using ViCA.Native.Media.Image;
using ViCA.Native.Tensors;
using ViCA.Native.Tests.Ops;
using Op = ViCA.Native.Tensors.Ops.Ops;

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
    public void Patches_GiveTheReferencesPatchMatrix(int index, int count)
    {
        JsonElement vector = ImageVectors.Cases("patches.json")[index];
        int side = vector.GetProperty("target").GetInt32();
        byte[] resized = BicubicResizeTests.Resize(vector, ImageVectors.Picture(vector));

        using OpsBench bench = new();
        Tensor patches = bench.Empty(DType.BF16, count, 588);
        Op.Patches(bench.Context, resized, side, PatchSize, PixelTable.BFloat16Bits, patches);

        Assert.Equal(vector.GetProperty("sha256").GetString(), ImageVectors.Hash(patches.Bytes));
    }
}
