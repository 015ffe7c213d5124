using ViCA.Native.Models.Layers;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.SigLip;

/// <summary>One pre-norm block of the vision tower (reference.md 5).</summary>
internal sealed class SigLipLayer(SigLipConfig config, WeightScope weights)
{
    private readonly LayerNorm _layerNorm1 = new(weights / "layer_norm1", config.HiddenSize, config.LayerNormEps);
    private readonly LayerNorm _layerNorm2 = new(weights / "layer_norm2", config.HiddenSize, config.LayerNormEps);
    private readonly Linear _qProj = Projection(config, weights, "q_proj");
    private readonly Linear _kProj = Projection(config, weights, "k_proj");
    private readonly Linear _vProj = Projection(config, weights, "v_proj");
    private readonly Linear _outProj = Projection(config, weights, "out_proj");
    private readonly Linear _fc1 = Linear.Load(weights / "mlp.fc1", config.HiddenSize, config.IntermediateSize);
    private readonly Linear _fc2 = Linear.Load(weights / "mlp.fc2", config.IntermediateSize, config.HiddenSize);

    /// <summary>hidden [patches, hidden], changed in place.</summary>
    public void Forward(OpContext context, Tensor hidden, SiteScope sites)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Tensor normal = _layerNorm1.Forward(context, hidden);
        sites.Show("layer_norm1", normal);
        Ops.Add(context, hidden, Attention(context, normal, sites), hidden);
        context.Workspace.Return(mark);

        normal = _layerNorm2.Forward(context, hidden);
        sites.Show("layer_norm2", normal);
        Ops.Add(context, hidden, Mlp(context, normal, sites), hidden);
        context.Workspace.Return(mark);
        sites.Show(hidden);
    }

    private static Linear Projection(SigLipConfig config, WeightScope weights, string name) =>
        Linear.Load(weights / "self_attn" / name, config.HiddenSize, config.HiddenSize);

    private Tensor Attention(OpContext context, Tensor x, SiteScope sites)
    {
        Tensor q = _qProj.Forward(context, x);
        sites.Show("q_proj", q);
        Tensor k = _kProj.Forward(context, x);
        sites.Show("k_proj", k);
        Tensor v = _vProj.Forward(context, x);
        sites.Show("v_proj", v);
        Tensor mixed = context.Workspace.Take(x.DType, x.Rows, x.Columns); // [patches, numHeads · headDim]
        Ops.BidirectionalAttention(context, q, k, v, config.NumHeads, mixed);
        Tensor attention = _outProj.Forward(context, mixed);
        sites.Show("attention", attention);
        return attention;
    }

    private Tensor Mlp(OpContext context, Tensor x, SiteScope sites)
    {
        Tensor up = _fc1.Forward(context, x); // [patches, intermediate]
        sites.Show("fc1", up);
        Ops.GeluTanh(context, up, up);
        sites.Show("gelu", up);
        Tensor down = _fc2.Forward(context, up);
        sites.Show("fc2", down);
        return down;
    }
}
