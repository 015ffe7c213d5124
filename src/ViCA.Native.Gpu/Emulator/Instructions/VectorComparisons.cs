using System.Numerics;
using System.Runtime.Intrinsics;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>Comparisons; but for the contraries, false when an operand is NaN.</summary>
internal static class VectorComparisons
{
    internal readonly struct Contrary<TOperation, T> : IVectorBinary<T>
        where TOperation : struct, IVectorBinary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => ~TOperation.Apply(a, b);
    }

    internal readonly struct Equal<T> : IVectorBinary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);
    }

    internal readonly struct NotEqual<T> : IVectorBinary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => ~Vector256.Equals(a, b);
    }

    internal readonly struct Less<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.LessThan(a, b);
    }

    internal readonly struct LessOrEqual<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.LessThanOrEqual(a, b);
    }

    internal readonly struct Greater<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThan(a, b);
    }

    internal readonly struct GreaterOrEqual<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.GreaterThanOrEqual(a, b);
    }
}
