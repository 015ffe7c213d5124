using System.Numerics;
using System.Runtime.CompilerServices;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>
/// The meaning of the pure operations on constants: used to fold, and by the interpreter of the tests. Integers as C#
/// means them, floats as IEEE 754 in round-to-nearest.
/// </summary>
internal static class IrArithmetic
{
    /// <summary>The bits of the result, or null where folding must leave the instruction alone.</summary>
    public static ulong? Evaluate(IrOp op, IrType type, IrType operandType, IrCondition condition, ReadOnlySpan<ulong> x)
    {
        ulong a = x.Length > 0 ? x[0] : 0;
        ulong b = x.Length > 1 ? x[1] : 0;
        ulong c = x.Length > 2 ? x[2] : 0;
        return op switch
        {
            IrOp.Compare => Compare(operandType, condition, a, b) ? 1UL : 0UL,
            IrOp.Select => a != 0 ? b : c,
            IrOp.SignExtend8 => (uint)(sbyte)a,
            IrOp.ZeroExtend8 => (byte)a,
            IrOp.SignExtend16 => (uint)(short)a,
            IrOp.ZeroExtend16 => (ushort)a,
            IrOp.SignExtend => (ulong)(int)a,
            IrOp.ZeroExtend => (uint)a,
            IrOp.Truncate => (uint)a,
            IrOp.Bitcast => a,
            IrOp.MultiplyWide => (ulong)((long)(int)a * (int)b),
            IrOp.MultiplyWideUnsigned => (ulong)(uint)a * (uint)b,
            IrOp.Pack16 => (a << 16 | (ushort)b) & uint.MaxValue,
            IrOp.BFloat16FromFloat => ((BFloat16)Float(a)).Bits,
            IrOp.PackBFloat16 => (ulong)((BFloat16)Float(a)).Bits << 16 | ((BFloat16)Float(b)).Bits,
            IrOp.FloatFromSigned or IrOp.FloatFromUnsigned => FromInteger(op, type, operandType, a),
            IrOp.SignedFromFloat or IrOp.UnsignedFromFloat => FromFloat(op, type, operandType, a),
            IrOp.PopCount => (ulong)BitOperations.PopCount(a),
            IrOp.LeadingZeroCount => operandType == IrType.I32
                ? (ulong)BitOperations.LeadingZeroCount((uint)a)
                : (ulong)BitOperations.LeadingZeroCount(a),
            IrOp.FloatConvert => type == IrType.F64 ? Bits((double)Float(a)) : Bits((float)Double(a)),
            _ => type switch
            {
                IrType.I32 => Integer<int, uint>(op, (int)a, (int)b) is { } value ? (uint)value : null,
                IrType.I64 => (ulong?)Integer<long, ulong>(op, (long)a, (long)b),
                IrType.F32 => Real(op, Float(a), Float(b), Float(c)) is { } value ? Bits(value) : null,
                IrType.F64 => Real(op, Double(a), Double(b), Double(c)) is { } value ? Bits(value) : null,
                IrType.Predicate => Logic(op, a, b),
                _ => null,
            },
        };
    }

    private static float Float(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static ulong? Logic(IrOp op, ulong a, ulong b) => op switch
    {
        IrOp.And => a & b,
        IrOp.Or => a | b,
        IrOp.Xor => a ^ b,
        IrOp.Not => a ^ 1,
        _ => null,
    };

    private static ulong FromInteger(IrOp op, IrType type, IrType from, ulong a)
    {
        if (op == IrOp.FloatFromSigned)
        {
            long value = from == IrType.I32 ? (int)a : (long)a;
            return type == IrType.F32 ? Bits((float)value) : Bits((double)value);
        }

        ulong magnitude = from == IrType.I32 ? (uint)a : a;
        return type == IrType.F32 ? Bits((float)magnitude) : Bits((double)magnitude);
    }

    private static ulong FromFloat(IrOp op, IrType type, IrType from, ulong a)
    {
        double value = from == IrType.F32 ? Float(a) : Double(a);
        return (op, type) switch
        {
            (IrOp.SignedFromFloat, IrType.I32) => (uint)(int)value,
            (IrOp.SignedFromFloat, _) => (ulong)(long)value,
            (_, IrType.I32) => (uint)value,
            _ => (ulong)value,
        };
    }

    private static TSigned? Integer<TSigned, TUnsigned>(IrOp op, TSigned a, TSigned b)
        where TSigned : struct, IBinaryInteger<TSigned>, IMinMaxValue<TSigned>
        where TUnsigned : struct, IBinaryInteger<TUnsigned>
    {
        int width = Unsafe.SizeOf<TSigned>() * 8;
        TUnsigned Unsigned(TSigned value) => TUnsigned.CreateTruncating(value);
        TSigned Signed(TUnsigned value) => TSigned.CreateTruncating(value);
        int amount = int.CreateSaturating(Unsigned(b));
        switch (op)
        {
            case IrOp.Add:
                return unchecked(a + b);
            case IrOp.Subtract:
                return unchecked(a - b);
            case IrOp.Multiply:
                return unchecked(a * b);
            case IrOp.MultiplyHigh:
                return TSigned.CreateTruncating(Int128.CreateTruncating(a) * Int128.CreateTruncating(b) >> width);
            case IrOp.MultiplyHighUnsigned:
                return TSigned.CreateTruncating(
                    UInt128.CreateTruncating(Unsigned(a)) * UInt128.CreateTruncating(Unsigned(b)) >> width);
            case IrOp.Divide:
                return TSigned.IsZero(b) || a == TSigned.MinValue && b == -TSigned.One ? null : a / b;
            case IrOp.Remainder:
                return TSigned.IsZero(b) || a == TSigned.MinValue && b == -TSigned.One ? null : a % b;
            case IrOp.DivideUnsigned:
                return TSigned.IsZero(b) ? null : Signed(Unsigned(a) / Unsigned(b));
            case IrOp.RemainderUnsigned:
                return TSigned.IsZero(b) ? null : Signed(Unsigned(a) % Unsigned(b));
            case IrOp.And:
                return a & b;
            case IrOp.Or:
                return a | b;
            case IrOp.Xor:
                return a ^ b;
            case IrOp.Not:
                return ~a;
            case IrOp.Negate:
                return unchecked(-a);
            case IrOp.ShiftLeft:
                return amount >= width ? TSigned.Zero : a << amount;
            case IrOp.ShiftRight:
                return a >> Math.Min(amount, width - 1);
            case IrOp.ShiftRightUnsigned:
                return amount >= width ? TSigned.Zero : a >>> amount;
            case IrOp.RotateLeft:
                return TSigned.RotateLeft(a, int.CreateTruncating(b) & (width - 1));
            case IrOp.Minimum:
                return TSigned.Min(a, b);
            case IrOp.Maximum:
                return TSigned.Max(a, b);
            case IrOp.MinimumUnsigned:
                return Unsigned(a) < Unsigned(b) ? a : b;
            case IrOp.MaximumUnsigned:
                return Unsigned(a) > Unsigned(b) ? a : b;
            case IrOp.Absolute:
                return a == TSigned.MinValue ? a : TSigned.Abs(a);
            case IrOp.ReverseBits:
                TSigned reversed = TSigned.Zero;
                for (int i = 0; i < width; i++)
                    reversed = reversed << 1 | a >>> i & TSigned.One;
                return reversed;
            default:
                return null;
        }
    }

    private static T? Real<T>(IrOp op, T a, T b, T c)
        where T : struct, IBinaryFloatingPointIeee754<T> => op switch
        {
            IrOp.Add => a + b,
            IrOp.Subtract => a - b,
            IrOp.Multiply => a * b,
            IrOp.Divide => a / b,
            IrOp.Negate => -a,
            IrOp.Absolute => T.Abs(a),
            IrOp.Minimum => T.Min(a, b),
            IrOp.Maximum => T.Max(a, b),
            IrOp.FusedMultiplyAdd => T.FusedMultiplyAdd(a, b, c),
            IrOp.SquareRoot => T.Sqrt(a),
            IrOp.Floor => T.Floor(a),
            IrOp.Ceiling => T.Ceiling(a),
            IrOp.TruncateFraction => T.Truncate(a),
            IrOp.RoundToEven => T.Round(a),
            IrOp.CopySign => T.CopySign(a, b),
            _ => null,
        };

    private static bool Compare(IrType type, IrCondition condition, ulong a, ulong b) => type switch
    {
        IrType.F32 => Compare(condition, Float(a), Float(b)),
        IrType.F64 => Compare(condition, Double(a), Double(b)),
        IrType.I64 => CompareInteger(condition, (long)a, (long)b, a, b),
        _ => CompareInteger(condition, (int)a, (int)b, (uint)a, (uint)b),
    };

    private static bool CompareInteger(IrCondition condition, long a, long b, ulong ua, ulong ub) => condition switch
    {
        IrCondition.Equal or IrCondition.EqualUnordered => a == b,
        IrCondition.NotEqual or IrCondition.NotEqualUnordered => a != b,
        IrCondition.Less => a < b,
        IrCondition.LessOrEqual => a <= b,
        IrCondition.Greater => a > b,
        IrCondition.GreaterOrEqual => a >= b,
        IrCondition.LessUnsigned => ua < ub,
        IrCondition.LessOrEqualUnsigned => ua <= ub,
        IrCondition.GreaterUnsigned => ua > ub,
        IrCondition.GreaterOrEqualUnsigned => ua >= ub,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "not of integers"),
    };

    private static bool Compare(IrCondition condition, double a, double b) => condition switch
    {
        IrCondition.Equal => a == b,
        IrCondition.NotEqual => a < b || a > b,
        IrCondition.Less => a < b,
        IrCondition.LessOrEqual => a <= b,
        IrCondition.Greater => a > b,
        IrCondition.GreaterOrEqual => a >= b,
        IrCondition.EqualUnordered => !(a < b || a > b),
        IrCondition.NotEqualUnordered => a != b,
        IrCondition.LessUnordered => !(a >= b),
        IrCondition.LessOrEqualUnordered => !(a > b),
        IrCondition.GreaterUnordered => !(a <= b),
        IrCondition.GreaterOrEqualUnordered => !(a < b),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "not of floats"),
    };
}
