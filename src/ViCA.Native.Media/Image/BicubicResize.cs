namespace ViCA.Native.Media.Image;

/// <summary>
/// Pillow 11's `Image.resize(…, BICUBIC)` of RGB pictures, byte for byte: across first, rounded to bytes, then down. An axis
/// that keeps its size is copied. An instance keeps the weights of one pair of sizes; it may be used by many threads.
/// </summary>
public sealed class BicubicResize
{
    private const int Channels = 3;

    private readonly BicubicWeights _across;
    private readonly BicubicWeights _down;

    /// <summary>Sizes in pixels, all at least 1.</summary>
    public BicubicResize(int width, int height, int outputWidth, int outputHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputHeight, 1);
        _across = new BicubicWeights(width, outputWidth);
        _down = new BicubicWeights(height, outputHeight);
    }

    /// <summary>[height, width, 3] → [outputHeight, outputWidth, 3], both tightly packed.</summary>
    public void Resize(ReadOnlySpan<byte> rgb, Span<byte> output)
    {
        int height = _down.InputSize;
        int inputRow = _across.InputSize * Channels;
        int outputRow = _across.OutputSize * Channels;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, inputRow * height, nameof(rgb));
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, outputRow * _down.OutputSize, nameof(output));
        if (inputRow == outputRow && height == _down.OutputSize)
        {
            rgb.CopyTo(output);
            return;
        }
        ReadOnlySpan<byte> narrowed = rgb;
        if (inputRow != outputRow)
        {
            byte[] rows = GC.AllocateUninitializedArray<byte>(outputRow * height);
            for (int y = 0; y < height; y++)
                ResizeAcross(rgb.Slice(y * inputRow, inputRow), rows.AsSpan(y * outputRow, outputRow));
            narrowed = rows;
        }
        if (height == _down.OutputSize)
            narrowed.CopyTo(output);
        else
            ResizeDown(narrowed, output, outputRow);
    }

    private void ResizeAcross(ReadOnlySpan<byte> row, Span<byte> output)
    {
        for (int x = 0; x < _across.OutputSize; x++)
        {
            ReadOnlySpan<int> weights = _across.Values.AsSpan(x * _across.MaxTaps, _across.Taps[x]);
            int red = 1 << (BicubicWeights.FractionBits - 1);
            int green = red;
            int blue = red;
            ReadOnlySpan<byte> pixels = row[(_across.First[x] * Channels)..];
            for (int tap = 0; tap < weights.Length; tap++)
            {
                red += weights[tap] * pixels[tap * Channels];
                green += weights[tap] * pixels[(tap * Channels) + 1];
                blue += weights[tap] * pixels[(tap * Channels) + 2];
            }
            output[x * Channels] = ToByte(red);
            output[(x * Channels) + 1] = ToByte(green);
            output[(x * Channels) + 2] = ToByte(blue);
        }
    }

    private void ResizeDown(ReadOnlySpan<byte> rows, Span<byte> output, int rowBytes)
    {
        for (int y = 0; y < _down.OutputSize; y++)
        {
            ReadOnlySpan<int> weights = _down.Values.AsSpan(y * _down.MaxTaps, _down.Taps[y]);
            ReadOnlySpan<byte> first = rows[(_down.First[y] * rowBytes)..];
            for (int i = 0; i < rowBytes; i++)
            {
                int sum = 1 << (BicubicWeights.FractionBits - 1);
                for (int tap = 0; tap < weights.Length; tap++)
                    sum += weights[tap] * first[(tap * rowBytes) + i];
                output[(y * rowBytes) + i] = ToByte(sum);
            }
        }
    }

    private static byte ToByte(int sum) => (byte)Math.Clamp(sum >> BicubicWeights.FractionBits, 0, 255);
}
