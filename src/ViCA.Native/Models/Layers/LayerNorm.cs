using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.Layers;

/// <summary>Layer normalisation with weight and bias.</summary>
internal sealed class LayerNorm(WeightScope weights, int width, float epsilon)
{
    private readonly Tensor _weight = weights.Row("weight", width);
    private readonly Tensor _bias = weights.Row("bias", width);

    /// <summary>x [tokens, width] → a new tensor of the same shape.</summary>
    public Tensor Forward(OpContext context, Tensor x)
    {
        Tensor y = context.Workspace.Take(x.DType, x.Rows, x.Columns);
        Ops.LayerNorm(context, x, _weight, _bias, epsilon, y);
        return y;
    }
}
