using ViCA.Native.Models.Layers;
using ViCA.Native.Sites;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.Vica;

/// <summary>Two linear layers with an erf GELU between them, on every patch (reference.md 6.1).</summary>
internal sealed class Projector(int inputs, int outputs, WeightScope weights)
{
    private readonly Linear _first = Linear.Load(weights / "0", inputs, outputs);
    private readonly Linear _second = Linear.Load(weights / "2", outputs, outputs);

    /// <summary>x [patches, inputs] → a new tensor [patches, outputs].</summary>
    public Tensor Forward(OpContext context, Tensor x, SiteScope sites)
    {
        Tensor wide = _first.Forward(context, x);
        sites.Show("0", wide);
        Ops.GeluErf(context, wide, wide);
        sites.Show("1", wide);
        Tensor features = _second.Forward(context, wide);
        sites.Show("2", features);
        return features;
    }
}
