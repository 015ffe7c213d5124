using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ViCA.Native.Gpu.Emulator.Arithmetic;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>An operation on one operand, 32 bytes of lanes at a time.</summary>
internal interface IVectorUnary<T>
    where T : unmanaged
{
    static abstract Vector256<T> Apply(Vector256<T> a);
}

/// <summary>An operation on two operands, 32 bytes of lanes at a time.</summary>
internal interface IVectorBinary<T>
    where T : unmanaged
{
    static abstract Vector256<T> Apply(Vector256<T> a, Vector256<T> b);
}

/// <summary>An operation on three operands, 32 bytes of lanes at a time.</summary>
internal interface IVectorTernary<T>
    where T : unmanaged
{
    static abstract Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c);
}

/// <summary>The operations that kernels consist of mostly.</summary>
internal static class VectorOperations
{
    internal readonly struct Copy<T> : IVectorUnary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a) => a;
    }

    internal readonly struct Not<T> : IVectorUnary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a) => ~a;
    }

    internal readonly struct Negate<T> : IVectorUnary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a) => -a;
    }

    internal readonly struct Absolute : IVectorUnary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a) => a & Vector256.Create(0x7fffffffu);
    }

    internal readonly struct AbsoluteInteger : IVectorUnary<int>
    {
        public static Vector256<int> Apply(Vector256<int> a) => Vector256.Abs(a);
    }

    internal readonly struct WidenBFloat16 : IVectorUnary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a) => a << 16;
    }

    internal readonly struct NarrowToBFloat16 : IVectorUnary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a) => VectorMath256.NarrowToBFloat16(a.AsSingle());
    }

    internal readonly struct NarrowToBFloat16x2 : IVectorBinary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a, Vector256<uint> b) =>
            VectorMath256.NarrowToBFloat16x2(a.AsSingle(), b.AsSingle());
    }

    internal readonly struct Add<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => a + b;
    }

    internal readonly struct Subtract<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => a - b;
    }

    internal readonly struct Multiply<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => a * b;
    }

    internal readonly struct And<T> : IVectorBinary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => a & b;
    }

    internal readonly struct Or<T> : IVectorBinary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => a | b;
    }

    internal readonly struct Xor<T> : IVectorBinary<T>
        where T : unmanaged
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => a ^ b;
    }

    internal readonly struct Minimum<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.MinNumber(a, b);
    }

    internal readonly struct Maximum<T> : IVectorBinary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.MaxNumber(a, b);
    }

    internal readonly struct ShiftLeft : IVectorBinary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a, Vector256<uint> amount)
        {
            if (Avx2.IsSupported)
                return Avx2.ShiftLeftLogicalVariable(a, amount);
            Vector256<uint> result = default;
            for (int i = 0; i < Vector256<uint>.Count; i++)
                result = result.WithElement(i, Shifts.Left(a[i], amount[i]));
            return result;
        }
    }

    internal readonly struct ShiftRight : IVectorBinary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a, Vector256<uint> amount)
        {
            if (Avx2.IsSupported)
                return Avx2.ShiftRightLogicalVariable(a, amount);
            Vector256<uint> result = default;
            for (int i = 0; i < Vector256<uint>.Count; i++)
                result = result.WithElement(i, Shifts.Right(a[i], amount[i]));
            return result;
        }
    }

    internal readonly struct ShiftRightSigned : IVectorBinary<uint>
    {
        public static Vector256<uint> Apply(Vector256<uint> a, Vector256<uint> amount)
        {
            if (Avx2.IsSupported)
                return Avx2.ShiftRightArithmeticVariable(a.AsInt32(), amount).AsUInt32();
            Vector256<uint> result = default;
            for (int i = 0; i < Vector256<uint>.Count; i++)
                result = result.WithElement(i, (uint)Shifts.Right((int)a[i], amount[i]));
            return result;
        }
    }

    internal readonly struct ShiftLeft64 : IVectorBinary<ulong>
    {
        public static Vector256<ulong> Apply(Vector256<ulong> a, Vector256<ulong> amount)
        {
            if (Avx2.IsSupported)
                return Avx2.ShiftLeftLogicalVariable(a, amount);
            Vector256<ulong> result = default;
            for (int i = 0; i < Vector256<ulong>.Count; i++)
                result = result.WithElement(i, Shifts.Left(a[i], (uint)amount[i]));
            return result;
        }
    }

    internal readonly struct ShiftRight64 : IVectorBinary<ulong>
    {
        public static Vector256<ulong> Apply(Vector256<ulong> a, Vector256<ulong> amount)
        {
            if (Avx2.IsSupported)
                return Avx2.ShiftRightLogicalVariable(a, amount);
            Vector256<ulong> result = default;
            for (int i = 0; i < Vector256<ulong>.Count; i++)
                result = result.WithElement(i, Shifts.Right(a[i], (uint)amount[i]));
            return result;
        }
    }

    internal readonly struct MultiplyAdd<T> : IVectorTernary<T>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => (a * b) + c;
    }

    internal readonly struct FusedMultiplyAdd : IVectorTernary<float>
    {
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
            Vector256.FusedMultiplyAdd(a, b, c);
    }

    internal readonly struct FusedMultiplyAddDouble : IVectorTernary<double>
    {
        public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
            Vector256.FusedMultiplyAdd(a, b, c);
    }
}
