using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu;

namespace ViCA.Native.Tensors;

/// <summary>
/// Cosines and sines of rotary position embedding, [positions, headDim / 2] each, as float32: angle = position ·
/// theta^(-2k / headDim), frequency and angle in float32 (reference.md 8). In bf16 the values are rounded to bf16.
/// </summary>
public sealed class RotaryTable : IDisposable
{
    private readonly Workspace _memory;

    /// <param name="headDim">Width of a head, even.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="theta">The base of the frequencies.</param>
    /// <param name="precision">Type of the activations.</param>
    /// <param name="device">Where the table lies; null for the host.</param>
    public RotaryTable(int headDim, int positions, double theta, DType precision, GpuDevice? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(headDim % 2, 0, nameof(headDim));
        HeadDim = headDim;
        Positions = positions;
        _memory = new Workspace(device);
        Cosine = _memory.Take(DType.F32, positions, headDim / 2);
        Sine = _memory.Take(DType.F32, positions, headDim / 2);
        if (device is null)
        {
            Fill(Cosine.Floats, Sine.Floats, theta, precision);
            return;
        }

        float[] cosine = new float[Cosine.Length], sine = new float[Sine.Length];
        Fill(cosine, sine, theta, precision);
        Cosine.CopyFrom(MemoryMarshal.AsBytes<float>(cosine));
        Sine.CopyFrom(MemoryMarshal.AsBytes<float>(sine));
    }

    /// <summary>Width of a head.</summary>
    public int HeadDim { get; }

    /// <summary>Number of positions.</summary>
    public int Positions { get; }

    internal Tensor Cosine { get; }

    internal Tensor Sine { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(Span<float> cosine, Span<float> sine, double theta, DType precision)
    {
        int half = HeadDim / 2;
        Span<float> frequencies = stackalloc float[half];
        for (int k = 0; k < half; k++)
            frequencies[k] = 1f / (float)Math.Pow(theta, (float)(2 * k) / HeadDim);
        for (int position = 0; position < Positions; position++)
        {
            for (int k = 0; k < half; k++)
            {
                float angle = position * frequencies[k];
                int index = position * half + k;
                cosine[index] = Rounded((float)Math.Cos(angle), precision);
                sine[index] = Rounded((float)Math.Sin(angle), precision);
            }
        }
    }

    private static float Rounded(float value, DType precision) =>
        precision == DType.BF16 ? (BFloat16)value : value;
}
