namespace ViCA.Native.Models.Qwen2;

/// <summary>Sizes and constants of the language model, by the words of `config.json`.</summary>
public sealed record Qwen2Config
{
    public required int HiddenSize { get; init; }

    public required int IntermediateSize { get; init; }

    public required int NumLayers { get; init; }

    public required int NumHeads { get; init; }

    /// <summary>
    /// Key and value heads; each serves <see cref="NumHeads"/> / <see cref="NumKvHeads"/> query heads.
    /// </summary>
    public required int NumKvHeads { get; init; }

    /// <summary>Positions that the model was made for.</summary>
    public required int MaxPositionEmbeddings { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    public required float RmsNormEps { get; init; }

    /// <summary>Width of one head.</summary>
    public int HeadDim => HiddenSize / NumHeads;
}
