using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Models.Layers;

/// <summary>y = x · weightᵀ + bias.</summary>
internal sealed class Linear(Tensor weight, Tensor? bias)
{
    /// <summary>`weight` [outputs, inputs] and, where asked for, `bias` [outputs] below a path.</summary>
    public static Linear Load(WeightScope weights, int inputs, int outputs, bool bias = true) =>
        new(weights.Matrix("weight", outputs, inputs), bias ? weights.Row("bias", outputs) : null);

    /// <summary>x [tokens, inputs] → a new tensor [tokens, outputs] of x's type.</summary>
    public Tensor Forward(OpContext context, Tensor x)
    {
        Tensor y = context.Workspace.Take(x.DType, x.Rows, weight.Rows);
        Ops.Linear(context, x, weight, bias, y);
        return y;
    }
}
