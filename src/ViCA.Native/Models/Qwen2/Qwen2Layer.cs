using ViCA.Native.Generation;
using ViCA.Native.Models.Layers;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.Qwen2;

/// <summary>One block of the decoder: grouped-query attention and a gated MLP, each after a norm (reference.md 8).</summary>
internal sealed class Qwen2Layer
{
    private readonly Qwen2Config _config;
    private readonly int _index;
    private readonly RmsNorm _inputLayerNorm;
    private readonly RmsNorm _postAttentionLayerNorm;
    private readonly Linear _qProj;
    private readonly Linear _kProj;
    private readonly Linear _vProj;
    private readonly Linear _oProj;
    private readonly Linear _gateProj;
    private readonly Linear _upProj;
    private readonly Linear _downProj;

    /// <exception cref="WeightsFormatException">A tensor is missing or has another shape.</exception>
    public Qwen2Layer(Qwen2Config config, int index, WeightScope weights)
    {
        int hidden = config.HiddenSize;
        int keyValue = config.NumKvHeads * config.HeadDim;
        _config = config;
        _index = index;
        _inputLayerNorm = new RmsNorm(weights / "input_layernorm", hidden, config.RmsNormEps);
        _postAttentionLayerNorm = new RmsNorm(weights / "post_attention_layernorm", hidden, config.RmsNormEps);
        _qProj = Linear.Load(weights / "self_attn.q_proj", hidden, hidden);
        _kProj = Linear.Load(weights / "self_attn.k_proj", hidden, keyValue);
        _vProj = Linear.Load(weights / "self_attn.v_proj", hidden, keyValue);
        _oProj = Linear.Load(weights / "self_attn.o_proj", hidden, hidden, bias: false);
        _gateProj = Linear.Load(weights / "mlp.gate_proj", hidden, config.IntermediateSize, bias: false);
        _upProj = Linear.Load(weights / "mlp.up_proj", hidden, config.IntermediateSize, bias: false);
        _downProj = Linear.Load(weights / "mlp.down_proj", config.IntermediateSize, hidden, bias: false);
    }

    /// <summary>hidden [tokens, hidden], changed in place; the tokens follow those in the cache.</summary>
    public void Forward(OpContext context, Tensor hidden, KvCache cache, SiteScope sites)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor normal = _inputLayerNorm.Forward(context, hidden);
        sites.Show("input_layernorm", normal);
        normal = _postAttentionLayerNorm.Forward(context, hidden, Attention(context, normal, cache, sites));
        sites.Show("post_attention_layernorm", normal);
        Ops.Add(context, hidden, Mlp(context, normal, sites), hidden);
        context.Workspace.Return(mark);
        sites.Show(hidden);
    }

    private Tensor Attention(OpContext context, Tensor x, KvCache cache, SiteScope sites)
    {
        Tensor q = _qProj.Forward(context, x); // [tokens, numHeads · headDim]
        sites.Show("q_proj", q);
        Tensor k = _kProj.Forward(context, x); // [tokens, numKvHeads · headDim]
        sites.Show("k_proj", k);
        Tensor v = _vProj.Forward(context, x);
        sites.Show("v_proj", v);
        Ops.Rotary(context, q, cache.Rotary, cache.Length);
        Ops.Rotary(context, k, cache.Rotary, cache.Length);
        Ops.AppendToCache(context, k, cache.Keys(_index), _config.NumKvHeads, cache.Length);
        Ops.AppendToCache(context, v, cache.Values(_index), _config.NumKvHeads, cache.Length);
        Tensor mixed = context.Workspace.Take(x.DType, x.Rows, q.Columns);
        int contextLength = cache.Length + x.Rows;
        Ops.CausalAttention(
            context, q, cache.Keys(_index), cache.Values(_index), _config.NumKvHeads, contextLength, mixed);
        sites.Show("attention", mixed);
        Tensor output = _oProj.Forward(context, mixed);
        sites.Show("o_proj", output);
        return output;
    }

    private Tensor Mlp(OpContext context, Tensor x, SiteScope sites)
    {
        Tensor gate = _gateProj.Forward(context, x); // [tokens, intermediate]
        sites.Show("gate_proj", gate);
        Tensor up = _upProj.Forward(context, x);
        sites.Show("up_proj", up);
        Ops.SiluMultiply(context, gate, up, gate);
        Tensor down = _downProj.Forward(context, gate);
        sites.Show("mlp", down);
        return down;
    }
}
