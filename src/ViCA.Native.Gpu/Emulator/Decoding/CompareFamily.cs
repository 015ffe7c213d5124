using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorComparisons;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary><c>setp</c>, <c>set</c>, <c>selp</c>, <c>slct</c>, <c>testp</c>, <c>copysign</c> (PTX ISA 9.7.5 to 7).</summary>
internal static class CompareFamily
{
    private static readonly Dictionary<string, CompareOperator> Operators = new(StringComparer.Ordinal)
    {
        ["eq"] = CompareOperator.Equal,
        ["ne"] = CompareOperator.NotEqual,
        ["lt"] = CompareOperator.Less,
        ["le"] = CompareOperator.LessOrEqual,
        ["gt"] = CompareOperator.Greater,
        ["ge"] = CompareOperator.GreaterOrEqual,
        ["lo"] = CompareOperator.Less,
        ["ls"] = CompareOperator.LessOrEqual,
        ["hi"] = CompareOperator.Greater,
        ["hs"] = CompareOperator.GreaterOrEqual,
        ["equ"] = CompareOperator.EqualOrUnordered,
        ["neu"] = CompareOperator.NotEqualOrUnordered,
        ["ltu"] = CompareOperator.LessOrUnordered,
        ["leu"] = CompareOperator.LessOrEqualOrUnordered,
        ["gtu"] = CompareOperator.GreaterOrUnordered,
        ["geu"] = CompareOperator.GreaterOrEqualOrUnordered,
        ["num"] = CompareOperator.BothNumbers,
        ["nan"] = CompareOperator.EitherNaN,
    };

    private static readonly Dictionary<string, FloatClass> Classes = new(StringComparer.Ordinal)
    {
        ["finite"] = FloatClass.Finite,
        ["infinite"] = FloatClass.Infinite,
        ["number"] = FloatClass.Number,
        ["notanumber"] = FloatClass.NotANumber,
        ["normal"] = FloatClass.Normal,
        ["subnormal"] = FloatClass.Subnormal,
    };

    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("setp", SetPredicate);
        families.Add("set", Set);
        families.Add("selp", Select);
        families.Add("slct", SelectBySign);
        families.Add("testp", Test);
        families.Add("copysign", CopySign);
    }

    private static CompareOperator TakeOperator(DecodeContext x)
    {
        foreach (string modifier in x.Modifiers)
        {
            if (!Operators.TryGetValue(modifier, out CompareOperator comparison) || !x.Take(modifier))
                continue;
            bool forFloatsOnly = comparison > CompareOperator.GreaterOrEqual;
            return forFloatsOnly && !x.Types[^1].IsFloat() ? throw x.Unsupported() : comparison;
        }
        throw x.Unsupported();
    }

    private static Func<uint, uint, uint>? TakeCombination(DecodeContext x) => x.TakeAny("and", "or", "xor") switch
    {
        "and" => (a, b) => a & b,
        "or" => (a, b) => a | b,
        "xor" => (a, b) => a ^ b,
        _ => null,
    };

    /// <summary>Bit 0: the result; bit 1: its contrary, or of packed halves the high one's result.</summary>
    private static LaneFunction Comparison(CompareOperator comparison, PtxType type, bool flush) => type switch
    {
        PtxType.F16x2 => Packed<Float16Format>(comparison, flush),
        PtxType.BF16x2 => Packed<BFloat16Format>(comparison, flush),
        _ => Both(Single(comparison, type, flush)),
    };

    private static LaneFunction Both(Func<ulong, ulong, bool> compare) => (a, b, _) => compare(a, b) ? 1u : 2;

    private static Func<ulong, ulong, bool> Single(CompareOperator comparison, PtxType type, bool flush) => type switch
    {
        PtxType.F32 => (a, b) => FloatCompare.Compare(comparison, Float(a, flush), Float(b, flush)),
        PtxType.F64 => (a, b) => FloatCompare.Compare(
            comparison, BitConverter.UInt64BitsToDouble(a), BitConverter.UInt64BitsToDouble(b)),
        PtxType.F16 => (a, b) => HalfMath.Compare<Float16Format>(comparison, (ushort)a, (ushort)b, flush),
        PtxType.BF16 => (a, b) => HalfMath.Compare<BFloat16Format>(comparison, (ushort)a, (ushort)b, flush),
        _ when type.IsSigned() => (a, b) => FloatCompare.Compare(
            comparison, (long)LaneBuilder.Extend(a, type), (long)LaneBuilder.Extend(b, type)),
        _ => (a, b) => FloatCompare.Compare(comparison, LaneBuilder.Extend(a, type), LaneBuilder.Extend(b, type)),
    };

    private static LaneFunction Packed<TFormat>(CompareOperator comparison, bool flush)
        where TFormat : struct, IHalfFormat => (a, b, _) =>
        {
            (bool low, bool high) = PackedHalf.Compare<TFormat>(comparison, (uint)a, (uint)b, flush);
            return (low ? 1u : 0) | (high ? 2u : 0);
        };

    private static float Float(ulong bits, bool flush)
    {
        float value = BitConverter.UInt32BitsToSingle((uint)bits);
        return flush ? FloatBits.Flush(value) : value;
    }

    private static Instruction SetPredicate(DecodeContext x)
    {
        bool flush = x.Take("ftz");
        CompareOperator comparison = TakeOperator(x);
        Func<uint, uint, uint>? combine = TakeCombination(x);
        PtxType type = x.Type;
        Slot a = x.Read(1, type);
        Slot b = x.Read(2, type);
        if (combine is null && !flush && x.Operand(0) is PtxOperand.RegisterOperand
            && Vector(x, comparison, a, b) is Instruction vector)
            return vector;
        (Slot p, Slot q) = x.Operand(0) is PtxOperand.PairOperand pair
            ? (x.Write(pair.First), x.Write(pair.Second))
            : (x.Write(0), Slot.None);
        Slot c = combine is null ? Slot.None : x.Read(3, PtxType.Pred);
        bool negated = combine is not null && x.IsNegated(3);
        return new CompareInstruction(p, q, a, b, Comparison(comparison, type, flush), combine, c, negated);
    }

    private static Instruction? Vector(DecodeContext x, CompareOperator comparison, Slot a, Slot b) => x.Type switch
    {
        PtxType.U32 or PtxType.B32 => Vector<uint>(x, comparison, a, b),
        PtxType.S32 => Vector<int>(x, comparison, a, b),
        PtxType.U64 or PtxType.B64 => Vector<ulong>(x, comparison, a, b),
        PtxType.S64 => Vector<long>(x, comparison, a, b),
        PtxType.F32 when comparison != CompareOperator.NotEqual => Vector<float>(x, comparison, a, b),
        _ => null,
    };

    private static Instruction? Vector<T>(DecodeContext x, CompareOperator comparison, Slot a, Slot b)
        where T : unmanaged, System.Numerics.INumber<T> => comparison switch
        {
            CompareOperator.Equal => new VectorCompare<Equal<T>, T>(x.Write(0), a, b),
            CompareOperator.NotEqual => new VectorCompare<NotEqual<T>, T>(x.Write(0), a, b),
            CompareOperator.NotEqualOrUnordered => new VectorCompare<NotEqual<T>, T>(x.Write(0), a, b),
            CompareOperator.Less => new VectorCompare<Less<T>, T>(x.Write(0), a, b),
            CompareOperator.LessOrEqual => new VectorCompare<LessOrEqual<T>, T>(x.Write(0), a, b),
            CompareOperator.Greater => new VectorCompare<Greater<T>, T>(x.Write(0), a, b),
            CompareOperator.GreaterOrEqual => new VectorCompare<GreaterOrEqual<T>, T>(x.Write(0), a, b),
            CompareOperator.LessOrUnordered => new VectorCompare<Contrary<GreaterOrEqual<T>, T>, T>(x.Write(0), a, b),
            CompareOperator.LessOrEqualOrUnordered => new VectorCompare<Contrary<Greater<T>, T>, T>(x.Write(0), a, b),
            CompareOperator.GreaterOrUnordered => new VectorCompare<Contrary<LessOrEqual<T>, T>, T>(x.Write(0), a, b),
            CompareOperator.GreaterOrEqualOrUnordered => new VectorCompare<Contrary<Less<T>, T>, T>(x.Write(0), a, b),
            _ => null,
        };

    private static Instruction Set(DecodeContext x)
    {
        if (x.Types.Count != 2)
            throw x.Unsupported();
        bool flush = x.Take("ftz");
        CompareOperator comparison = TakeOperator(x);
        Func<uint, uint, uint>? combine = TakeCombination(x);
        PtxType to = x.Types[0];
        PtxType from = x.Types[1];
        Slot a = x.Read(1, from);
        Slot b = x.Read(2, from);
        Slot c = combine is null ? Slot.None : x.Read(3, PtxType.Pred);
        bool negated = combine is not null && x.IsNegated(3);
        LaneFunction compare = Comparison(comparison, from, flush);
        bool packed = from is PtxType.F16x2 or PtxType.BF16x2;
        return new LaneInstruction(x.Write(0), a, b, c, (left, right, other) =>
        {
            uint result = (uint)compare(left, right, 0);
            uint extra = negated ? (uint)other ^ 1 : (uint)other;
            bool low = (combine is null ? result & 1 : combine(result & 1, extra)) != 0;
            bool high = packed && (combine is null ? result >> 1 : combine(result >> 1, extra)) != 0;
            return Flag(to, low, high);
        });
    }

    private static ulong Flag(PtxType type, bool low, bool high) => type switch
    {
        PtxType.F32 => low ? 0x3f800000u : 0,
        PtxType.F16 => low ? 0x3c00u : 0,
        PtxType.BF16 => low ? 0x3f80u : 0,
        PtxType.F16x2 => (low ? 0x3c00u : 0) | (high ? 0x3c000000u : 0),
        PtxType.BF16x2 => (low ? 0x3f80u : 0) | (high ? 0x3f800000u : 0),
        PtxType.U16 or PtxType.S16 => low ? 0xffffu : 0,
        _ => low ? uint.MaxValue : 0,
    };

    private static Instruction Select(DecodeContext x)
    {
        Slot a = x.Read(1, x.Type);
        Slot b = x.Read(2, x.Type);
        Slot p = x.Read(3, PtxType.Pred);
        return x.Type.Bytes() == 8
            ? new VectorSelect<ulong>(x.Write(0), a, b, p, x.IsNegated(3))
            : new VectorSelect<uint>(x.Write(0), a, b, p, x.IsNegated(3));
    }

    private static Instruction SelectBySign(DecodeContext x)
    {
        bool flush = x.Take("ftz");
        if (x.Types.Count != 2)
            throw x.Unsupported();
        return LaneBuilder.Ternary(x, x.Types[0], x.Types[1], x.Types[1] == PtxType.F32
            ? (a, b, c) => Float(c, flush) >= 0 ? a : b
            : (a, b, c) => (int)c >= 0 ? a : b);
    }

    private static Instruction Test(DecodeContext x)
    {
        foreach (string modifier in x.Modifiers)
        {
            if (!Classes.TryGetValue(modifier, out FloatClass property) || !x.Take(modifier))
                continue;
            return LaneBuilder.Unary(x, x.Type, x.Type == PtxType.F64
                ? a => FloatCompare.Test(property, BitConverter.UInt64BitsToDouble(a)) ? 1u : 0
                : a => FloatCompare.Test(property, (uint)a) ? 1u : 0);
        }
        throw x.Unsupported();
    }

    private static Instruction CopySign(DecodeContext x) => LaneBuilder.Binary(x, x.Type, x.Type == PtxType.F64
        ? FloatCompare.CopySign
        : (a, b) => FloatCompare.CopySign((uint)a, (uint)b));
}
