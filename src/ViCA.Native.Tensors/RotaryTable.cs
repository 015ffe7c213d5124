using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors;

/// <summary>
/// Cosines and sines of rotary position embedding, [positions, headDim / 2] each, as float32: angle = position ·
/// theta^(-2k / headDim), frequency and angle in float32 (reference.md 8). In bf16 the values are rounded to bf16.
/// </summary>
public sealed class RotaryTable : IDisposable
{
    private readonly Workspace _memory = new();

    /// <param name="headDim">Width of a head, even.</param>
    /// <param name="positions">Number of positions.</param>
    /// <param name="theta">The base of the frequencies.</param>
    /// <param name="precision">Type of the activations.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RotaryTable(int headDim, int positions, double theta, DType precision)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(headDim % 2, 0, nameof(headDim));
        HeadDim = headDim;
        Positions = positions;
        int half = headDim / 2;
        Cosine = _memory.Take(DType.F32, positions, half);
        Sine = _memory.Take(DType.F32, positions, half);
        Span<float> frequencies = stackalloc float[half];
        for (int k = 0; k < half; k++)
            frequencies[k] = 1f / (float)Math.Pow(theta, (float)(2 * k) / headDim);
        Span<float> cosine = Cosine.Floats;
        Span<float> sine = Sine.Floats;
        for (int position = 0; position < positions; position++)
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

    /// <summary>Width of a head.</summary>
    public int HeadDim { get; }

    /// <summary>Number of positions.</summary>
    public int Positions { get; }

    internal Tensor Cosine { get; }

    internal Tensor Sine { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static float Rounded(float value, DType precision) =>
        precision == DType.BF16 ? (BFloat16)value : value;
}
