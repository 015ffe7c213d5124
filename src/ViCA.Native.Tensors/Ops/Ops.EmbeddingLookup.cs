using System.Runtime.CompilerServices;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>y[t, :] = weight[ids[t], :], converted. weight: [vocabulary, hidden], y: [ids, hidden].</summary>
    /// <exception cref="ArgumentException">Shapes do not fit, or an id has no row.</exception>
    public static void EmbeddingLookup(Tensor weight, ReadOnlySpan<int> ids, Tensor y)
    {
        Check.Shape(y, ids.Length, weight.Columns);
        for (int t = 0; t < ids.Length; t++)
        {
            Check.That((uint)ids[t] < (uint)weight.Rows, $"id {ids[t]} (expected 0 to {weight.Rows - 1})");
            CopyRow(weight, ids[t], y, t);
        }
    }

    /// <summary>Row <paramref name="to"/> of y = row <paramref name="from"/> of x, converted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRow(Tensor x, int from, Tensor y, int to)
    {
        nint start = (nint)to * y.Columns;
        for (int i = 0; i < y.Columns; i++)
        {
            if (y.DType == DType.F32)
                F32Element.StoreScalar(x[from, i], y.Address, start + i);
            else
                BF16Element.StoreScalar(x[from, i], y.Address, start + i);
        }
    }
}
