using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.SigLip;

/// <summary>
/// The vision tower: patch embedding, positions and the encoder layers that are used. The last layer of the pretrained
/// tower is not part of it, and its output is taken before the final norm (reference.md 5).
/// </summary>
internal sealed class SigLipEncoder
{
    private readonly Tensor _patchWeight;
    private readonly Tensor _patchBias;
    private readonly Tensor _positions;
    private readonly SigLipLayer[] _layers;

    /// <param name="config">Sizes.</param>
    /// <param name="weights">The scope of the tower's `vision_model`.</param>
    /// <exception cref="WeightsFormatException">A tensor is missing or has another shape.</exception>
    public SigLipEncoder(SigLipConfig config, WeightScope weights)
    {
        int patch = config.PatchSize;
        int patches = config.PatchesPerSide * config.PatchesPerSide;
        WeightScope embeddings = weights / "embeddings";
        _patchWeight = embeddings.Matrix("patch_embedding.weight", config.HiddenSize, 3, patch, patch);
        _patchBias = embeddings.Row("patch_embedding.bias", config.HiddenSize);
        _positions = embeddings.Matrix("position_embedding.weight", patches, config.HiddenSize);
        _layers = new SigLipLayer[config.NumLayers];
        for (int i = 0; i < _layers.Length; i++)
            _layers[i] = new SigLipLayer(config, weights / $"encoder.layers.{i}");
    }

    /// <summary>pixels [patches, 3 · patch²] of one frame, bf16 → a new tensor [patches, hidden] of the given type.</summary>
    public Tensor Forward(
        OpContext context, Tensor pixels, DType precision, SiteScope sites, CancellationToken cancellationToken)
    {
        Tensor hidden = context.Workspace.Take(precision, pixels.Rows, _patchWeight.Rows);
        Ops.Linear(context, pixels, _patchWeight, _patchBias, hidden);
        sites.Show("patch_embedding", hidden);
        Ops.AddConverted(context, hidden, _positions, hidden);
        sites.Show("embeddings", hidden);
        for (int i = 0; i < _layers.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _layers[i].Forward(context, hidden, sites.Layer(i));
        }

        return hidden;
    }
}
