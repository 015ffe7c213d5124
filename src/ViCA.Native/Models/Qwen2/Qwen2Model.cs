using ViCA.Native.Generation;
using ViCA.Native.Models.Layers;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.Qwen2;

/// <summary>The decoder: embeddings, layers, final norm and the head over the tokenizer's ids (reference.md 8).</summary>
internal sealed class Qwen2Model
{
    private readonly Tensor _embedTokens;
    private readonly Qwen2Layer[] _layers;
    private readonly RmsNorm _norm;
    private readonly Tensor _head;

    /// <param name="config">Sizes.</param>
    /// <param name="weights">The whole checkpoint.</param>
    /// <param name="vocabularyRows">Rows of the embedding and of the head.</param>
    /// <param name="numTokens">Ids that the tokenizer has: rows beyond them are never looked at.</param>
    /// <exception cref="WeightsFormatException">A tensor is missing or has another shape.</exception>
    public Qwen2Model(Qwen2Config config, WeightScope weights, int vocabularyRows, int numTokens)
    {
        WeightScope model = weights / "model";
        _embedTokens = model.Matrix("embed_tokens.weight", vocabularyRows, config.HiddenSize);
        _layers = new Qwen2Layer[config.NumLayers];
        for (int i = 0; i < _layers.Length; i++)
            _layers[i] = new Qwen2Layer(config, i, model / $"layers.{i}");
        _norm = new RmsNorm(model / "norm", config.HiddenSize, config.RmsNormEps);
        _head = weights.Matrix("lm_head.weight", vocabularyRows, config.HiddenSize).Slice(0, numTokens);
    }

    /// <summary>Puts the embeddings of ids into rows [ids, hidden].</summary>
    public void Embed(OpContext context, ReadOnlySpan<int> ids, Tensor rows) =>
        Ops.EmbeddingLookup(context, _embedTokens, ids, rows);

    /// <summary>
    /// Runs hidden [tokens, hidden] (changed in place) through the layers, appending to the cache.
    /// </summary>
    /// <returns>The normalised output [tokens, hidden], in the workspace.</returns>
    public Tensor Forward(
        OpContext context, Tensor hidden, KvCache cache, SiteScope sites, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _layers[i].Forward(context, hidden, cache, sites.Layer(i));
        }

        cache.Advance(hidden.Rows);
        Tensor normal = _norm.Forward(context, hidden);
        sites.Show("norm", normal);
        return normal;
    }

    /// <summary>Scores of every id after one position: normal [1, hidden] → [1, tokens of the tokenizer].</summary>
    public Tensor Logits(OpContext context, Tensor normal)
    {
        Tensor logits = context.Workspace.Take(normal.DType, 1, _head.Rows);
        Ops.Linear(context, normal, _head, null, logits);
        return logits;
    }
}
