using System.Globalization;
using System.Runtime.InteropServices;
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
        Assert.Equal(
            "3a03ac228fc325cb58ef534b6b4c1cd74ea56fc0124e63699b00fcc928ac720d",
            ImageVectors.Hash(MemoryMarshal.AsBytes(PixelTable.BFloat16Bits)));
    }

    [Theory]
    [InlineData(0, 0xBF80)]
    [InlineData(1, 0xBF7E)]
    [InlineData(63, 0xBF02)]
    [InlineData(64, 0xBEFF)]
    [InlineData(127, 0xBB81)]
    [InlineData(128, 0x3B81)]
    [InlineData(129, 0x3C41)]
    [InlineData(200, 0x3F12)]
    [InlineData(254, 0x3F7E)]
    [InlineData(255, 0x3F80)]
    public void BFloat16Bits_OfAByte(int value, int bits)
    {
        Assert.Equal(bits, PixelTable.BFloat16Bits[value]);
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
