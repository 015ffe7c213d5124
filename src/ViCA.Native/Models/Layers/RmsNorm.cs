using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.Layers;

/// <summary>Root-mean-square normalisation with weight.</summary>
internal sealed class RmsNorm(WeightScope weights, int width, float epsilon)
{
    private readonly Tensor _weight = weights.Row("weight", width);

    /// <summary>x [tokens, width] → a new tensor of the same shape.</summary>
    public Tensor Forward(OpContext context, Tensor x)
    {
        Tensor y = context.Workspace.Take(x.DType, x.Rows, x.Columns);
        Ops.RmsNorm(context, x, _weight, epsilon, y);
        return y;
    }

    /// <summary>Adds x to hidden, in place: hidden [tokens, width] → a new tensor, the norm of the sum.</summary>
    public Tensor Forward(OpContext context, Tensor hidden, Tensor x)
    {
        Tensor y = context.Workspace.Take(x.DType, x.Rows, x.Columns);
        Ops.AddRmsNorm(context, hidden, x, _weight, epsilon, y);
        return y;
    }
}
