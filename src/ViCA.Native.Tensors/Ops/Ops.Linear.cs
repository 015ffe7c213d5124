using System.Runtime.Intrinsics;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

/// <summary>The catalogue of operations, one file each: contract, checks and paths.</summary>
public static partial class Ops
{
    /// <summary>
    /// y[t, o] = Σ x[t, i] · weight[o, i] + bias[o], summed in float32, rounded once. x: [tokens, in], weight: [out, in] as
    /// it lies in the checkpoint, bias: [1, out] or null, y: [tokens, out]. One token takes a path of its own (a weight
    /// is read once, straight from the map).
    /// </summary>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static void Linear(OpContext context, Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        Check.Shape(weight, y.Columns, x.Columns);
        Check.Shape(y, x.Rows, weight.Rows);
        if (bias is { } b)
            Check.Shape(b, 1, weight.Rows);
        WorkspaceMark mark = context.Workspace.Mark();
        if (Vector512.IsHardwareAccelerated)
            Linear<Simd512, Vector512<float>>(context, x, weight, bias, y);
        else
            Linear<Simd256, Vector256<float>>(context, x, weight, bias, y);
        context.Workspace.Return(mark);
    }

    private static void Linear<TSimd, TVector>(OpContext context, Tensor x, Tensor weight, Tensor? bias, Tensor y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (x.Rows == 1)
            VectorProduct.Run<TSimd, TVector>(context, x, weight, bias, y);
        else
            MatrixProduct.Run<TSimd, TVector>(context, x, weight, bias, y);
    }
}
