using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ViCA.Native.Gpu.Emulator.Arithmetic;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>f32 operations whose NaN results are canonical, and what <c>.ftz</c> makes of them.</summary>
internal static class VectorFloats
{
    /// <summary><c>div.rn</c> and <c>div.full</c>.</summary>
    internal readonly struct Quotient : IVectorBinary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => VectorMath256.Canonical(a / b);
    }

    /// <summary><c>max.NaN</c>.</summary>
    internal readonly struct MaximumOrNaN : IVectorBinary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) =>
            VectorMath256.Canonical(Vector256.Max(a, b));
    }

    /// <summary><c>min.NaN</c>.</summary>
    internal readonly struct MinimumOrNaN : IVectorBinary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) =>
            VectorMath256.Canonical(Vector256.Min(a, b));
    }

    internal readonly struct Exp2 : IVectorUnary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a) => VectorMath256.Exp2(a, flush: false);
    }

    internal readonly struct Reciprocal : IVectorUnary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a) => VectorMath256.Reciprocal(a, flush: false);
    }

    internal readonly struct ReciprocalSqrt : IVectorUnary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a) => VectorMath256.ReciprocalSqrt(a, flush: false);
    }

    internal readonly struct SquareRoot : IVectorUnary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a) => VectorMath256.Canonical(Vector256.Sqrt(a));
    }

    /// <summary>Denormal operands and results count as zero.</summary>
    internal readonly struct Flushed<TOperation> : IVectorUnary<float>
        where TOperation : struct, IVectorUnary<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> a) =>
            VectorMath256.Flush(TOperation.Apply(VectorMath256.Flush(a)));
    }

    /// <inheritdoc cref="Flushed{TOperation}"/>
    internal readonly struct FlushedBinary<TOperation> : IVectorBinary<float>
        where TOperation : struct, IVectorBinary<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) =>
            VectorMath256.Flush(TOperation.Apply(VectorMath256.Flush(a), VectorMath256.Flush(b)));
    }
}
