namespace ViCA.Native.Media.Image;

/// <summary>Pictures as the matrix that the patch embedding multiplies.</summary>
public static class Patches
{
    private const int Channels = 3;

    /// <summary>
    /// Patches in a square picture of <paramref name="side"/> pixels; what does not fill a patch is not seen.
    /// </summary>
    public static int Count(int side, int patchSize) => side / patchSize * (side / patchSize);

    /// <summary>
    /// [side, side, 3] bytes → [patches, 3 · patchSize · patchSize] bfloat16 bits: patches row by row, in each the
    /// channel, then the row, then the column, as the flattened weight of the convolution has them. The right and
    /// bottom remainder of the picture is left out.
    /// </summary>
    public static void Fill(ReadOnlySpan<byte> rgb, int side, int patchSize, Span<ushort> patches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, patchSize);
        int perSide = side / patchSize;
        int plane = patchSize * patchSize;
        int patchLength = Channels * plane;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, side * side * Channels, nameof(rgb));
        ArgumentOutOfRangeException.ThrowIfNotEqual(patches.Length, perSide * perSide * patchLength, nameof(patches));
        ReadOnlySpan<ushort> table = PixelTable.BFloat16Bits;
        for (int y = 0; y < perSide * patchSize; y++)
        {
            ReadOnlySpan<byte> row = rgb.Slice(y * side * Channels, side * Channels);
            int rowOfPatches = y / patchSize * perSide;
            int rowInPatch = y % patchSize * patchSize;
            for (int patch = 0; patch < perSide; patch++)
            {
                ReadOnlySpan<byte> pixels = row.Slice(patch * patchSize * Channels, patchSize * Channels);
                Span<ushort> values = patches.Slice(((rowOfPatches + patch) * patchLength) + rowInPatch);
                for (int x = 0; x < patchSize; x++)
                {
                    values[x] = table[pixels[x * Channels]];
                    values[plane + x] = table[pixels[(x * Channels) + 1]];
                    values[(2 * plane) + x] = table[pixels[(x * Channels) + 2]];
                }
            }
        }
    }
}
