using System.Buffers;
using System.Runtime.Intrinsics.X86;

namespace ViCA.Native.Media.Image;

/// <summary>
/// Pillow 11's `Image.resize(…, BICUBIC)` of RGB pictures, byte for byte: across first, rounded to bytes, then down.
/// An axis that keeps its size is copied. An instance keeps the weights of one pair of sizes; it may be used by many
/// threads.
/// </summary>
public sealed class BicubicResize
{
    internal const int Channels = 3;

    private readonly BicubicWeights _across;
    private readonly BicubicWeights _down;
    private readonly BicubicAvx2? _vectors;

    /// <summary>Sizes in pixels, all at least 1.</summary>
    public BicubicResize(int width, int height, int outputWidth, int outputHeight)
        : this(width, height, outputWidth, outputHeight, Avx2.IsSupported)
    {
    }

    internal BicubicResize(int width, int height, int outputWidth, int outputHeight, bool vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputHeight, 1);
        _across = new BicubicWeights(width, outputWidth);
        _down = new BicubicWeights(height, outputHeight);
        _vectors = vectors ? new BicubicAvx2(_across, _down) : null;
    }

    /// <summary>Pixels across of the result.</summary>
    public int OutputWidth => _across.OutputSize;

    /// <summary>Pixels down of the result.</summary>
    public int OutputHeight => _down.OutputSize;

    /// <summary>Length of the result.</summary>
    public int OutputBytes => OutputWidth * OutputHeight * Channels;

    /// <summary>[height, width, 3] → [outputHeight, outputWidth, 3], both tightly packed.</summary>
    public void Resize(ReadOnlySpan<byte> rgb, Span<byte> output)
    {
        int height = _down.InputSize;
        int inputRow = _across.InputSize * Channels;
        int outputRow = _across.OutputSize * Channels;
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, inputRow * height, nameof(rgb));
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, outputRow * _down.OutputSize, nameof(output));
        if (inputRow == outputRow)
        {
            ResizeDown(rgb, output);
            return;
        }
        if (height == _down.OutputSize)
        {
            ResizeAcross(rgb, output);
            return;
        }
        byte[] narrowed = ArrayPool<byte>.Shared.Rent(outputRow * height);
        ResizeAcross(rgb, narrowed.AsSpan(0, outputRow * height));
        ResizeDown(narrowed.AsSpan(0, outputRow * height), output);
        ArrayPool<byte>.Shared.Return(narrowed);
    }

    private void ResizeAcross(ReadOnlySpan<byte> rgb, Span<byte> output)
    {
        if (_vectors is not null)
        {
            _vectors.Across(rgb, output);
            return;
        }
        int inputRow = _across.InputSize * Channels;
        int outputRow = _across.OutputSize * Channels;
        for (int y = 0; y < output.Length / outputRow; y++)
            ResizeRow(rgb.Slice(y * inputRow, inputRow), output.Slice(y * outputRow, outputRow));
    }

    private void ResizeRow(ReadOnlySpan<byte> row, Span<byte> output)
    {
        for (int x = 0; x < _across.OutputSize; x++)
        {
            ReadOnlySpan<int> weights = _across.Of(x);
            int red = BicubicWeights.Half;
            int green = BicubicWeights.Half;
            int blue = BicubicWeights.Half;
            ReadOnlySpan<byte> pixels = row[(_across.First[x] * Channels)..];
            for (int tap = 0; tap < weights.Length; tap++)
            {
                red += weights[tap] * pixels[tap * Channels];
                green += weights[tap] * pixels[(tap * Channels) + 1];
                blue += weights[tap] * pixels[(tap * Channels) + 2];
            }
            output[x * Channels] = BicubicWeights.ToByte(red);
            output[(x * Channels) + 1] = BicubicWeights.ToByte(green);
            output[(x * Channels) + 2] = BicubicWeights.ToByte(blue);
        }
    }

    private void ResizeDown(ReadOnlySpan<byte> rows, Span<byte> output)
    {
        if (_down.InputSize == _down.OutputSize)
        {
            rows.CopyTo(output);
            return;
        }
        int rowBytes = _across.OutputSize * Channels;
        for (int y = 0; y < _down.OutputSize; y++)
        {
            ReadOnlySpan<byte> first = rows[(_down.First[y] * rowBytes)..];
            Span<byte> row = output.Slice(y * rowBytes, rowBytes);
            int done = _vectors?.Down(y, first, row) ?? 0;
            Blend(_down.Of(y), first, row, done);
        }
    }

    private static void Blend(ReadOnlySpan<int> weights, ReadOnlySpan<byte> rows, Span<byte> output, int start)
    {
        for (int i = start; i < output.Length; i++)
        {
            int sum = BicubicWeights.Half;
            for (int tap = 0; tap < weights.Length; tap++)
                sum += weights[tap] * rows[(tap * output.Length) + i];
            output[i] = BicubicWeights.ToByte(sum);
        }
    }
}
