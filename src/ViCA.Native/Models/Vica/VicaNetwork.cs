using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.Vica;

/// <summary>The vision tower, the projector and the decoder, joined (reference.md 0).</summary>
internal sealed class VicaNetwork
{
    private const string TowerPath = "model.vision_tower.vision_tower.vision_model";

    private readonly SigLipConfig _visionConfig;
    private readonly SigLipEncoder _vision;
    private readonly Projector _projector;
    private readonly Tensor _imageNewline;
    private readonly DType _precision;

    /// <param name="config">Sizes.</param>
    /// <param name="weights">The whole checkpoint.</param>
    /// <param name="vocabularyRows">Rows of the embedding and of the head.</param>
    /// <param name="numTokens">Ids that the tokenizer has.</param>
    /// <param name="precision">Type of the activations.</param>
    /// <exception cref="WeightsFormatException">A tensor is missing or has another shape.</exception>
    public VicaNetwork(VicaConfig config, WeightScope weights, int vocabularyRows, int numTokens, DType precision)
    {
        int hiddenSize = config.Language.HiddenSize;
        _precision = precision;
        _visionConfig = config.Vision;
        _vision = new SigLipEncoder(config.Vision, weights / TowerPath);
        _projector = new Projector(config.Vision.HiddenSize, hiddenSize, weights / "model.mm_projector");
        _imageNewline = weights.Row("model.image_newline", hiddenSize);
        Language = new Qwen2Model(config.Language, weights, vocabularyRows, numTokens);
    }

    /// <summary>The decoder.</summary>
    public Qwen2Model Language { get; }

    /// <summary>
    /// Encodes one frame. pixels: [patches, 3 · patch²] bf16; tokens: [tokensPerFrame, hidden], written.
    /// </summary>
    public void EncodeFrame(
        OpContext context, Tensor pixels, Tensor tokens, int frame, SiteObserver? observer, CancellationToken cancellationToken)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        int firstRow = frame * pixels.Rows;
        Tensor features = _vision.Forward(
            context, pixels, _precision, new SiteScope(observer, "vision", firstRow), cancellationToken);
        Tensor projected = _projector.Forward(context, features, new SiteScope(observer, "projector", firstRow));
        Ops.PoolFrame(context, projected, _visionConfig.PatchesPerSide, _imageNewline, tokens);
        context.Workspace.Return(mark);
    }
}
