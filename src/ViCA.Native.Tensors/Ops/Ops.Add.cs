using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>z = x + y, element by element, rounded once. All [rows, columns]; z may be x or y.</summary>
    /// <exception cref="ArgumentException">Shapes or types differ.</exception>
    public static void Add(OpContext context, Tensor x, Tensor y, Tensor z)
    {
        CheckSame(x, y, z);
        Elementwise.Run<AddOperator>(context, x, y, z);
    }

    private static void CheckSame(Tensor x, Tensor y, Tensor z, [System.Runtime.CompilerServices.CallerMemberName] string op = "")
    {
        Check.Shape(y, x.Rows, x.Columns, nameof(y), op);
        Check.Shape(z, x.Rows, x.Columns, nameof(z), op);
        Check.Type(y, x.DType, nameof(y), op);
        Check.Type(z, x.DType, nameof(z), op);
    }

    private readonly struct AddOperator : IElementwiseOperator
    {
        public static TVector Invoke<TSimd, TVector, TElement>(TVector a, TVector b)
            where TSimd : struct, ISimd<TVector>
            where TVector : unmanaged
            where TElement : struct, IElement => TSimd.Add(a, b);
    }
}
