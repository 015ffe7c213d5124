using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorOperations;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Logic, shifts, bit fields, dot products (PTX ISA 9.7.1 and 9.7.8).</summary>
internal static class BitFamily
{
    private static readonly Dictionary<string, PermuteMode> PermuteModes = new(StringComparer.Ordinal)
    {
        ["f4e"] = PermuteMode.Forward,
        ["b4e"] = PermuteMode.Backward,
        ["rc8"] = PermuteMode.Replicate8,
        ["ecl"] = PermuteMode.EdgeClampLeft,
        ["ecr"] = PermuteMode.EdgeClampRight,
        ["rc16"] = PermuteMode.Replicate16,
    };

    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("and", x => Logic<And<uint>, And<ulong>>(x, (a, b) => a & b));
        families.Add("or", x => Logic<Or<uint>, Or<ulong>>(x, (a, b) => a | b));
        families.Add("xor", x => Logic<Xor<uint>, Xor<ulong>>(x, (a, b) => a ^ b));
        families.Add("not", Not);
        families.Add("cnot", x => LaneBuilder.Unary(x, x.Type, a => LaneBuilder.Cut(a, x.Type) == 0 ? 1u : 0));
        families.Add("shl", Shift);
        families.Add("shr", Shift);
        families.Add("shf", FunnelShift);
        families.Add("bfe", Extract);
        families.Add("bfi", Insert);
        families.Add("bfind", Find);
        families.Add("brev", x => LaneBuilder.Unary(x, x.Type, IsWide(x)
            ? BitFields.Reverse
            : a => BitFields.Reverse((uint)a)));
        families.Add("clz", x => LaneBuilder.Unary(x, x.Type, IsWide(x)
            ? a => BitFields.CountLeadingZeros(a)
            : a => BitFields.CountLeadingZeros((uint)a)));
        families.Add("popc", x => LaneBuilder.Unary(x, x.Type, a => BitFields.CountOnes(a)));
        families.Add("fns", x => FindNth(x));
        families.Add("bmsk", Mask);
        families.Add("szext", Extend);
        families.Add("lop3", Table);
        families.Add("prmt", Permute);
        families.Add("dp4a", x => Dot(x, four: true));
        families.Add("dp2a", x => Dot(x, four: false));
    }

    private static bool IsWide(DecodeContext x) => x.Type.Bytes() == 8;

    private static Instruction Logic<T32, T64>(DecodeContext x, Func<uint, uint, uint> predicates)
        where T32 : struct, IVectorBinary<uint>
        where T64 : struct, IVectorBinary<ulong>
    {
        if (x.Type != PtxType.Pred)
            return IsWide(x) ? LaneBuilder.VectorBinary<T64, ulong>(x) : LaneBuilder.VectorBinary<T32, uint>(x);
        Slot a = x.Read(1, PtxType.Pred);
        Slot b = x.Read(2, PtxType.Pred);
        return new PredicateInstruction(x.Write(0), a, b, predicates);
    }

    private static Instruction Not(DecodeContext x)
    {
        if (x.Type != PtxType.Pred)
            return IsWide(x) ? LaneBuilder.VectorUnary<Not<ulong>, ulong>(x) : LaneBuilder.VectorUnary<Not<uint>, uint>(x);
        Slot a = x.Read(1, PtxType.Pred);
        return new PredicateInstruction(x.Write(0), a, Slot.None, (value, _) => ~value);
    }

    private static Instruction Shift(DecodeContext x)
    {
        PtxType type = x.Type;
        bool left = x.Name == "shl";
        bool constant = x.Operand(2) is PtxOperand.ImmediateOperand;
        Slot a = x.Read(1, type);
        if (IsWide(x) && constant && (left || !type.IsSigned()))
        {
            Slot count = x.Read(2, PtxType.U64);
            Slot wide = x.Write(0);
            x.RequireBytes(sizeof(ulong), wide, a);
            return left
                ? new VectorBinary<ShiftLeft64, ulong>(wide, a, count)
                : new VectorBinary<ShiftRight64, ulong>(wide, a, count);
        }
        Slot b = x.Read(2, PtxType.U32);
        Slot d = x.Write(0);
        if (type.Bytes() == 4)
        {
            x.RequireBytes(sizeof(uint), d, a, b);
            if (left)
                return new VectorBinary<ShiftLeft, uint>(d, a, b);
            return type.IsSigned()
                ? new VectorBinary<ShiftRightSigned, uint>(d, a, b)
                : new VectorBinary<ShiftRight, uint>(d, a, b);
        }
        return new LaneInstruction(d, a, b, Slot.None, LaneShift(type, left));
    }

    private static LaneFunction LaneShift(PtxType type, bool left)
    {
        if (left)
            return (a, amount, _) => LaneBuilder.Cut(Shifts.Left(a, (uint)amount), type);
        if (type.IsSigned())
            return (a, amount, _) => LaneBuilder.Cut(
                (ulong)Shifts.Right((long)LaneBuilder.Extend(a, type), (uint)amount), type);
        return (a, amount, _) => Shifts.Right(LaneBuilder.Extend(a, type), (uint)amount);
    }

    private static Instruction FunnelShift(DecodeContext x)
    {
        bool left = x.Take("l");
        if (!left && !x.Take("r"))
            throw x.Unsupported();
        bool clamp = x.Take("clamp");
        if (!clamp && !x.Take("wrap"))
            throw x.Unsupported();
        return left
            ? LaneBuilder.Ternary(x, x.Type, PtxType.U32, (a, b, c) =>
                Shifts.FunnelLeft((uint)a, (uint)b, (uint)c, clamp))
            : LaneBuilder.Ternary(x, x.Type, PtxType.U32, (a, b, c) =>
                Shifts.FunnelRight((uint)a, (uint)b, (uint)c, clamp));
    }

    private static Instruction Extract(DecodeContext x)
    {
        Slot a = x.Read(1, x.Type);
        Slot b = x.Read(2, PtxType.U32);
        Slot c = x.Read(3, PtxType.U32);
        LaneFunction function = x.Type switch
        {
            PtxType.U32 => (value, at, length) => BitFields.Extract((uint)value, (uint)at, (uint)length),
            PtxType.S32 => (value, at, length) => (uint)BitFields.Extract((int)value, (uint)at, (uint)length),
            PtxType.U64 => (value, at, length) => BitFields.Extract(value, (uint)at, (uint)length),
            PtxType.S64 => (value, at, length) => (ulong)BitFields.Extract((long)value, (uint)at, (uint)length),
            _ => throw x.Unsupported(),
        };
        return new LaneInstruction(x.Write(0), a, b, c, function);
    }

    private static Instruction Insert(DecodeContext x)
    {
        Slot a = x.Read(1, x.Type);
        Slot b = x.Read(2, x.Type);
        Slot position = x.Read(3, PtxType.U32);
        Slot length = x.Read(4, PtxType.U32);
        return new InsertInstruction(x.Write(0), a, b, position, length);
    }

    private static Instruction Find(DecodeContext x)
    {
        bool amount = x.Take("shiftamt");
        return LaneBuilder.Unary(x, x.Type, x.Type switch
        {
            PtxType.U32 => a => BitFields.Find((uint)a, amount),
            PtxType.S32 => a => BitFields.Find((int)a, amount),
            PtxType.U64 => a => BitFields.Find(a, amount),
            PtxType.S64 => a => BitFields.Find((long)a, amount),
            _ => throw x.Unsupported(),
        });
    }

    private static Instruction FindNth(DecodeContext x) => LaneBuilder.Ternary(x, PtxType.B32, PtxType.S32, (a, b, c) =>
        BitFields.FindNth((uint)a, (uint)b, (int)c));

    private static bool TakeClamp(DecodeContext x)
    {
        bool clamp = x.Take("clamp");
        return clamp || x.Take("wrap") ? clamp : throw x.Unsupported();
    }

    private static Instruction Mask(DecodeContext x)
    {
        bool clamp = TakeClamp(x);
        return LaneBuilder.Binary(x, PtxType.U32, (a, b) => BitFields.Mask((uint)a, (uint)b, clamp));
    }

    private static Instruction Extend(DecodeContext x)
    {
        bool clamp = TakeClamp(x);
        return x.Type.IsSigned()
            ? LaneBuilder.Binary(x, PtxType.U32, (a, b) => (uint)BitFields.Extend((int)a, (uint)b, clamp))
            : LaneBuilder.Binary(x, PtxType.U32, (a, b) => BitFields.Extend((uint)a, (uint)b, clamp));
    }

    private static Instruction Table(DecodeContext x)
    {
        byte table = (byte)x.Constant(4);
        return LaneBuilder.Ternary(x, x.Type, x.Type, (a, b, c) => BitFields.Logic((uint)a, (uint)b, (uint)c, table));
    }

    private static Instruction Permute(DecodeContext x)
    {
        PermuteMode mode = x.Modifiers.Count > 0 && PermuteModes.TryGetValue(x.Modifiers[0], out PermuteMode found)
            && x.Take(x.Modifiers[0])
            ? found
            : PermuteMode.Generic;
        Instruction instruction = LaneBuilder.Ternary(x, PtxType.B32, PtxType.B32, (a, b, c) =>
            PackedBytes.Permute((uint)a, (uint)b, (uint)c, mode));
        if (mode == PermuteMode.Generic && x.Operand(3) is PtxOperand.ImmediateOperand selector)
        {
            bool[] isSecond = [.. Enumerable.Range(0, 4).Select(digit => (selector.Bits >> (4 * digit) & 4) != 0)];
            if (!isSecond.Contains(false))
                x.Ignore(1);
            if (!isSecond.Contains(true))
                x.Ignore(2);
        }

        return instruction;
    }

    private static Instruction Dot(DecodeContext x, bool four)
    {
        if (x.Types.Count != 2)
            throw x.Unsupported();
        bool first = x.Types[0].IsSigned();
        bool second = x.Types[1].IsSigned();
        if (four)
        {
            return LaneBuilder.Ternary(x, PtxType.B32, PtxType.B32, (a, b, c) =>
                PackedBytes.DotProduct4((uint)a, (uint)b, (uint)c, first, second));
        }
        bool high = x.Take("hi");
        if (!high && !x.Take("lo"))
            throw x.Unsupported();
        return LaneBuilder.Ternary(x, PtxType.B32, PtxType.B32, (a, b, c) =>
            PackedBytes.DotProduct2((uint)a, (uint)b, (uint)c, high, first, second));
    }
}
