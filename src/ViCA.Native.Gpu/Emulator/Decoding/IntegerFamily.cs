using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorOperations;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Integer arithmetic (PTX ISA 9.7.1).</summary>
internal static class IntegerFamily
{
    public static Instruction Decode(DecodeContext x)
    {
        bool saturates = x.Take("sat");
        if (saturates)
            return Saturating(x);
        return x.Name switch
        {
            "add" => Plain<Add<uint>, Add<ulong>>(x, (a, b) => a + b),
            "sub" => Plain<Subtract<uint>, Subtract<ulong>>(x, (a, b) => a - b),
            "mul" => Multiply(x),
            "mad" => MultiplyAdd(x),
            "div" => Divide(x),
            "rem" => Remainder(x),
            "abs" when x.Type == PtxType.S32 => LaneBuilder.VectorUnary<AbsoluteInteger, int>(x),
            "neg" when x.Type == PtxType.S32 => LaneBuilder.VectorUnary<Negate<int>, int>(x),
            "neg" when x.Type == PtxType.S64 => LaneBuilder.VectorUnary<Negate<long>, long>(x),
            "abs" => LaneBuilder.Unary(x, x.Type, Typed(x.Type, a => (ulong)IntegerMath.Absolute((long)a))),
            "neg" => LaneBuilder.Unary(x, x.Type, Typed(x.Type, a => 0 - a)),
            "min" or "max" => Select(x),
            "sad" => SumOfDifferences(x),
            "mul24" or "mad24" => Multiply24(x),
            _ => throw x.Unsupported(),
        };
    }

    private static Func<ulong, ulong> Typed(PtxType type, Func<ulong, ulong> function) =>
        a => LaneBuilder.Cut(function(LaneBuilder.Extend(a, type)), type);

    private static Instruction Plain<T32, T64>(DecodeContext x, Func<ulong, ulong, ulong> function)
        where T32 : struct, IVectorBinary<uint>
        where T64 : struct, IVectorBinary<ulong> => x.Type.Bytes() switch
        {
            4 => LaneBuilder.VectorBinary<T32, uint>(x),
            8 => LaneBuilder.VectorBinary<T64, ulong>(x),
            _ => Binary(x, function),
        };

    private static Instruction Binary(DecodeContext x, Func<ulong, ulong, ulong> function)
    {
        PtxType type = x.Type;
        return LaneBuilder.Binary(x, type, (a, b) =>
            LaneBuilder.Cut(function(LaneBuilder.Extend(a, type), LaneBuilder.Extend(b, type)), type));
    }

    private static Instruction Saturating(DecodeContext x)
    {
        if (x.Type != PtxType.S32)
            throw x.Unsupported();
        if (x.Name == "mad" && x.Take("hi"))
            return LaneBuilder.Ternary(x, x.Type, x.Type, (a, b, c) =>
                (uint)IntegerMath.MultiplyHighAddSaturating((int)a, (int)b, (int)c));
        return x.Name switch
        {
            "add" => LaneBuilder.Binary(x, x.Type, (a, b) => (uint)IntegerMath.AddSaturating((int)a, (int)b)),
            "sub" => LaneBuilder.Binary(x, x.Type, (a, b) => (uint)IntegerMath.SubtractSaturating((int)a, (int)b)),
            _ => throw x.Unsupported(),
        };
    }

    private static Instruction Multiply(DecodeContext x)
    {
        if (x.Take("wide"))
            return Wide(x, hasAddend: false);
        if (x.Take("hi"))
            return Binary(x, High(x.Type));
        return x.Take("lo") ? Plain<Multiply<uint>, Multiply<ulong>>(x, (a, b) => a * b) : throw x.Unsupported();
    }

    private static Instruction MultiplyAdd(DecodeContext x)
    {
        PtxType type = x.Type;
        if (x.Take("wide"))
            return Wide(x, hasAddend: true);
        if (x.Take("hi"))
        {
            Func<ulong, ulong, ulong> high = High(type);
            return LaneBuilder.Ternary(x, type, type, (a, b, c) =>
                LaneBuilder.Cut(high(LaneBuilder.Extend(a, type), LaneBuilder.Extend(b, type)) + c, type));
        }
        if (!x.Take("lo"))
            throw x.Unsupported();
        return type.Bytes() switch
        {
            4 => LaneBuilder.VectorTernary<MultiplyAdd<uint>, uint>(x),
            8 => LaneBuilder.VectorTernary<MultiplyAdd<ulong>, ulong>(x),
            _ => LaneBuilder.Ternary(x, type, type, (a, b, c) => LaneBuilder.Cut((a * b) + c, type)),
        };
    }

    private static Instruction Wide(DecodeContext x, bool hasAddend)
    {
        PtxType type = x.Type;
        PtxType wide = type.Bytes() == 4 ? PtxType.U64 : PtxType.U32;
        Slot a = x.Read(1, type);
        Slot b = x.Read(2, type);
        Slot c = hasAddend ? x.Read(3, wide) : Slot.None;
        Slot d = x.Write(0);
        if (type.Bytes() == 4)
            return new WideInstruction(d, a, b, c, type.IsSigned());
        return new LaneInstruction(d, a, b, c, (left, right, addend) =>
            LaneBuilder.Cut((LaneBuilder.Extend(left, type) * LaneBuilder.Extend(right, type)) + addend, wide));
    }

    private static Func<ulong, ulong, ulong> High(PtxType type) => type switch
    {
        PtxType.S64 => (a, b) => (ulong)IntegerMath.MultiplyHigh((long)a, (long)b),
        PtxType.U64 or PtxType.B64 => IntegerMath.MultiplyHigh,
        _ when type.IsSigned() => (a, b) => (ulong)((long)a * (long)b >> type.Bits()),
        _ => (a, b) => a * b >> type.Bits(),
    };

    private static Instruction Divide(DecodeContext x) => x.Type switch
    {
        PtxType.S32 => LaneBuilder.ScalarBinary<IntegerQuotient<int>, int>(x),
        PtxType.U32 => LaneBuilder.ScalarBinary<IntegerQuotient<uint>, uint>(x),
        PtxType.S64 => LaneBuilder.ScalarBinary<IntegerQuotient<long>, long>(x),
        PtxType.U64 => LaneBuilder.ScalarBinary<IntegerQuotient<ulong>, ulong>(x),
        _ when x.Type.IsSigned() => Binary(x, (a, b) => (ulong)IntegerMath.Divide((long)a, (long)b)),
        _ => Binary(x, IntegerMath.Divide),
    };

    private static Instruction Remainder(DecodeContext x) => x.Type switch
    {
        PtxType.S32 => LaneBuilder.ScalarBinary<IntegerRemainder<int>, int>(x),
        PtxType.U32 => LaneBuilder.ScalarBinary<IntegerRemainder<uint>, uint>(x),
        PtxType.S64 => LaneBuilder.ScalarBinary<IntegerRemainder<long>, long>(x),
        PtxType.U64 => LaneBuilder.ScalarBinary<IntegerRemainder<ulong>, ulong>(x),
        _ when x.Type.IsSigned() => Binary(x, (a, b) => (ulong)IntegerMath.Remainder((long)a, (long)b)),
        _ => Binary(x, IntegerMath.Remainder),
    };

    private static Instruction Select(DecodeContext x)
    {
        bool smaller = x.Name == "min";
        if (x.Type == PtxType.S32 && x.Take("relu"))
        {
            return LaneBuilder.Binary(x, x.Type, (a, b) =>
                (uint)Math.Max(smaller ? Math.Min((int)a, (int)b) : Math.Max((int)a, (int)b), 0));
        }
        return x.Type switch
        {
            PtxType.S32 when smaller => LaneBuilder.VectorBinary<Minimum<int>, int>(x),
            PtxType.S32 => LaneBuilder.VectorBinary<Maximum<int>, int>(x),
            PtxType.U32 when smaller => LaneBuilder.VectorBinary<Minimum<uint>, uint>(x),
            PtxType.U32 => LaneBuilder.VectorBinary<Maximum<uint>, uint>(x),
            PtxType.S64 when smaller => LaneBuilder.VectorBinary<Minimum<long>, long>(x),
            PtxType.S64 => LaneBuilder.VectorBinary<Maximum<long>, long>(x),
            PtxType.U64 when smaller => LaneBuilder.VectorBinary<Minimum<ulong>, ulong>(x),
            PtxType.U64 => LaneBuilder.VectorBinary<Maximum<ulong>, ulong>(x),
            PtxType.S16 => Binary(x, (a, b) => (ulong)(smaller ? Math.Min((long)a, (long)b) : Math.Max((long)a, (long)b))),
            PtxType.U16 => Binary(x, smaller ? Math.Min : Math.Max),
            _ => throw x.Unsupported(),
        };
    }

    private static Instruction SumOfDifferences(DecodeContext x)
    {
        PtxType type = x.Type;
        return LaneBuilder.Ternary(x, type, type, (a, b, c) =>
        {
            ulong left = LaneBuilder.Extend(a, type);
            ulong right = LaneBuilder.Extend(b, type);
            bool less = type.IsSigned() ? (long)left < (long)right : left < right;
            return LaneBuilder.Cut(c + (less ? right - left : left - right), type);
        });
    }

    private static Instruction Multiply24(DecodeContext x)
    {
        bool high = x.Take("hi");
        if (!high && !x.Take("lo"))
            throw x.Unsupported();
        bool signed = x.Type.IsSigned();
        Func<ulong, ulong, ulong> product = (high, signed) switch
        {
            (true, true) => (a, b) => (uint)IntegerMath.Multiply24High((int)a, (int)b),
            (true, false) => (a, b) => IntegerMath.Multiply24High((uint)a, (uint)b),
            (false, true) => (a, b) => (uint)IntegerMath.Multiply24Low((int)a, (int)b),
            _ => (a, b) => IntegerMath.Multiply24Low((uint)a, (uint)b),
        };
        return x.Name == "mul24"
            ? LaneBuilder.Binary(x, x.Type, product)
            : LaneBuilder.Ternary(x, x.Type, x.Type, (a, b, c) => product(a, b) + c);
    }
}
