namespace ViCA.Native.Models.SigLip;

/// <summary>Sizes and constants of the vision tower.</summary>
public sealed record SigLipConfig
{
    /// <summary>SigLIP so400m, patch 14, images of 384: the tower of every published ViCA.</summary>
    public static SigLipConfig So400m { get; } = new()
    {
        HiddenSize = 1152,
        IntermediateSize = 4304,
        NumLayers = 26,
        NumHeads = 16,
        ImageSize = 384,
        PatchSize = 14,
        LayerNormEps = 1e-6f,
    };

    public required int HiddenSize { get; init; }

    public required int IntermediateSize { get; init; }

    /// <summary>Layers that run: one less than the tower was trained with, since its last is dropped.</summary>
    public required int NumLayers { get; init; }

    public required int NumHeads { get; init; }

    /// <summary>Side of the square image in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Side of a square patch in pixels.</summary>
    public required int PatchSize { get; init; }

    public required float LayerNormEps { get; init; }

    /// <summary>Width of one head.</summary>
    public int HeadDim => HiddenSize / NumHeads;

    /// <summary>Whole patches along a side; pixels beyond them are not seen (384 / 14 = 27).</summary>
    public int PatchesPerSide => ImageSize / PatchSize;

    /// <summary>Cells along a side after pooling by two (27 → 14).</summary>
    public int PooledPerSide => (PatchesPerSide + 1) / 2;

    /// <summary>
    /// Visual tokens of a frame: the pooled cells and one newline after each of their rows (14 · 15 = 210).
    /// </summary>
    public int TokensPerFrame => PooledPerSide * (PooledPerSide + 1);
}
