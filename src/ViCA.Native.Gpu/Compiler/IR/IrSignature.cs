using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>How many operands an operation has, and of which types.</summary>
internal static class IrSignature
{
    private const IrType I32 = IrType.I32;
    private const IrType I64 = IrType.I64;
    private const IrType F32 = IrType.F32;
    private const IrType F64 = IrType.F64;
    private const IrType Predicate = IrType.Predicate;

    /// <summary>What is wrong with the operands and the result of an instruction, or null.</summary>
    public static string? Check(IrInstruction x)
    {
        IrType[] operands = [.. x.Operands.Select(operand => operand.Resolve().Type)];
        IrType type = x.Type;
        return x.Op switch
        {
            IrOp.Add or IrOp.Subtract or IrOp.Multiply or IrOp.Divide or IrOp.Minimum or IrOp.Maximum =>
                Alike(x, operands, 2, I32, I64, F32, F64),
            IrOp.MultiplyHigh or IrOp.MultiplyHighUnsigned or IrOp.DivideUnsigned or IrOp.Remainder
                or IrOp.RemainderUnsigned or IrOp.MinimumUnsigned or IrOp.MaximumUnsigned =>
                Alike(x, operands, 2, I32, I64),
            IrOp.And or IrOp.Or or IrOp.Xor => Alike(x, operands, 2, I32, I64, Predicate),
            IrOp.Not => Alike(x, operands, 1, I32, I64, Predicate),
            IrOp.Negate or IrOp.Absolute => Alike(x, operands, 1, I32, I64, F32, F64),
            IrOp.ReverseBits => Alike(x, operands, 1, I32, I64),
            IrOp.SquareRoot or IrOp.Floor or IrOp.Ceiling or IrOp.TruncateFraction or IrOp.RoundToEven =>
                Alike(x, operands, 1, F32, F64),
            IrOp.FusedMultiplyAdd => Alike(x, operands, 3, F32, F64),
            IrOp.CopySign => Alike(x, operands, 2, F32, F64),
            IrOp.ShiftLeft or IrOp.ShiftRight or IrOp.ShiftRightUnsigned =>
                Any(type, I32, I64) ?? Exactly(operands, type, I32),
            IrOp.RotateLeft => Any(type, I32) ?? Exactly(operands, I32, I32),
            IrOp.PopCount or IrOp.LeadingZeroCount => Any(type, I32) ?? (operands is [I64] ? null : Exactly(operands, I32)),
            IrOp.MultiplyWide or IrOp.MultiplyWideUnsigned => Any(type, I64) ?? Exactly(operands, I32, I32),
            IrOp.Compare => CheckCompare(x, operands),
            IrOp.Select => Any(type, I32, I64, F32, F64) ?? Exactly(operands, Predicate, type, type),
            IrOp.SignExtend8 or IrOp.ZeroExtend8 or IrOp.SignExtend16 or IrOp.ZeroExtend16 =>
                Any(type, I32) ?? Exactly(operands, I32),
            IrOp.SignExtend or IrOp.ZeroExtend => Any(type, I64) ?? Exactly(operands, I32),
            IrOp.Truncate => Any(type, I32) ?? Exactly(operands, I64),
            IrOp.FloatFromSigned or IrOp.FloatFromUnsigned =>
                Any(type, F32, F64) ?? (operands is [I64] ? null : Exactly(operands, I32)),
            IrOp.SignedFromFloat or IrOp.UnsignedFromFloat =>
                Any(type, I32, I64) ?? (operands is [F64] ? null : Exactly(operands, F32)),
            IrOp.FloatConvert => Any(type, F32, F64) ?? Exactly(operands, type == F32 ? F64 : F32),
            IrOp.Bitcast => Exactly(operands, type switch { I32 => F32, F32 => I32, I64 => F64, _ => I64 }),
            IrOp.BFloat16FromFloat => Any(type, I32) ?? Exactly(operands, F32),
            IrOp.PackBFloat16 => Any(type, I32) ?? Exactly(operands, F32, F32),
            IrOp.Pack16 => Any(type, I32) ?? Exactly(operands, I32, I32),
            IrOp.SharedAddress => Any(type, I32) ?? Exactly(operands),
            IrOp.Extract => CheckExtract(x),
            IrOp.Load or IrOp.LoadVector or IrOp.Store or IrOp.Atomic => CheckMemory(x, operands),
            IrOp.Intrinsic => CheckIntrinsic(x),
            _ => "is no instruction",
        };
    }

    private static string? Any(IrType type, params ReadOnlySpan<IrType> allowed) =>
        allowed.Contains(type) ? null : $"the result is a {type}";

    private static string? Exactly(IrType[] operands, params ReadOnlySpan<IrType> expected) =>
        operands.AsSpan().SequenceEqual(expected)
            ? null
            : $"takes ({string.Join(", ", operands)}), expected ({string.Join(", ", expected.ToArray())})";

    /// <summary>All operands of the type of the result.</summary>
    private static string? Alike(IrInstruction x, IrType[] operands, int count, params ReadOnlySpan<IrType> allowed)
    {
        IrType[] expected = new IrType[count];
        Array.Fill(expected, x.Type);
        return Any(x.Type, allowed) ?? Exactly(operands, expected);
    }

    private static string? CheckCompare(IrInstruction x, IrType[] operands)
    {
        if (operands is not [I32 or I64 or F32 or F64, _])
            return $"compares ({string.Join(", ", operands)})";
        bool real = operands[0] is F32 or F64;
        bool fits = x.Condition switch
        {
            IrCondition.LessUnsigned or IrCondition.LessOrEqualUnsigned or IrCondition.GreaterUnsigned
                or IrCondition.GreaterOrEqualUnsigned => !real,
            >= IrCondition.EqualUnordered => real,
            _ => true,
        };
        return Any(x.Type, Predicate) ?? Exactly(operands, operands[0], operands[0])
            ?? (fits ? null : $"{x.Condition} of {operands[0]}");
    }

    private static string? CheckExtract(IrInstruction x)
    {
        if (x.Operands is not [{ } operand] || operand.Resolve() is not { Op: IrOp.LoadVector } load)
            return "takes no LoadVector";
        return x.Bits >= (ulong)load.Memory!.Count ? $"of {load.Memory.Count} elements" : Any(x.Type, load.Type);
    }

    private static string? CheckMemory(IrInstruction x, IrType[] operands)
    {
        MemoryAccess memory = x.Memory!;
        IrType value = memory.ValueType;
        List<IrType> expected = [memory.Space == MemorySpace.Shared ? I32 : I64];
        if (x.Op == IrOp.Store)
            expected.AddRange(Enumerable.Repeat(value, memory.Count));
        if (memory.Predicated)
            expected.Add(Predicate);
        if (memory.Predicated && x.Op is IrOp.Load or IrOp.LoadVector)
            expected.Add(value);
        if (x.Op == IrOp.Atomic)
            expected.AddRange(Enumerable.Repeat(value, memory.AtomicOperation.StartsWith(".cas", StringComparison.Ordinal) ? 2 : 1));
        bool vector = memory.Count > 1;
        if (x.Op is IrOp.Load or IrOp.Atomic && vector || x.Op == IrOp.LoadVector && !vector)
            return $"of {memory.Count} elements";
        if (memory.Space == MemorySpace.Parameter && x.Op != IrOp.Load)
            return "parameters are read only";
        return Any(x.Type, x.Op == IrOp.Store ? IrType.Void : value) ?? Exactly(operands, [.. expected]);
    }

    /// <summary>{0} is the result, {1} and so on are the operands.</summary>
    private static string? CheckIntrinsic(IrInstruction x)
    {
        PtxAttribute row = x.Row!;
        for (int i = 0; i <= x.Operands.Length; i++)
        {
            bool used = row.Template.Contains($"{{{i}}}", StringComparison.Ordinal);
            if (used != (i > 0 || x.Type != IrType.Void))
                return $"the row {(used ? "uses" : "does not use")} {{{i}}}";
        }

        return row.Template.Contains($"{{{x.Operands.Length + 1}}}", StringComparison.Ordinal)
            ? $"the row has more operands than {x.Operands.Length}"
            : null;
    }
}
