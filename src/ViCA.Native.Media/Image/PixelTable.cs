namespace ViCA.Native.Media.Image;

/// <summary>
/// What a byte of a picture becomes for the vision tower: bf16((float32(u · (1/255)) − 0.5) / 0.5), rounded to
/// nearest even, the same for red, green and blue (SigLIP's mean and deviation are 0.5).
/// </summary>
public static class PixelTable
{
    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(Bits)];

    /// <summary>[256]: the bits of the bfloat16 for each byte.</summary>
    public static ReadOnlySpan<ushort> BFloat16Bits => Table;

    private static ushort Bits(int value)
    {
        float scaled = (float)(value * (1 / 255.0));
        float normalized = (scaled - 0.5f) / 0.5f;
        uint bits = BitConverter.SingleToUInt32Bits(normalized);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
