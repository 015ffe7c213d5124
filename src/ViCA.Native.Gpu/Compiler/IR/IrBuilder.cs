using System.Numerics;

namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>Makes instructions at the end of a block, folded as far as their operands allow.</summary>
internal sealed class IrBuilder(IrFunction function)
{
    public IrFunction Function { get; } = function;

    public IrBlock Block { get; set; } = null!;

    public SourceLocation? Location { get; set; }

    /// <summary>Instructions made so far: the measure of how much a kernel has been unrolled.</summary>
    public int Count { get; private set; }

    public IrInstruction Emit(IrInstruction instruction)
    {
        instruction.Location = Location;
        instruction.Block = Block;
        Block.Instructions.Add(instruction);
        Count++;
        return instruction;
    }

    public IrInstruction Unary(IrOp op, IrType type, IrInstruction x) => Make(op, type, [x]);

    public IrInstruction Binary(IrOp op, IrInstruction a, IrInstruction b) => Make(op, a.Type, [a, b]);

    public IrInstruction Compare(IrCondition condition, IrInstruction a, IrInstruction b) =>
        Make(IrOp.Compare, IrType.Predicate, [a, b], condition);

    public IrInstruction Select(IrInstruction predicate, IrInstruction whenTrue, IrInstruction whenFalse)
    {
        if (whenTrue.Type != IrType.Predicate)
            return Make(IrOp.Select, whenTrue.Type, [predicate, whenTrue, whenFalse]);
        IrInstruction first = Binary(IrOp.And, predicate, whenTrue);
        return Binary(IrOp.Or, first, Binary(IrOp.And, Not(predicate), whenFalse));
    }

    public IrInstruction Not(IrInstruction predicate) => Make(IrOp.Not, IrType.Predicate, [predicate]);

    /// <summary>An instruction of a pure operation, or the simpler value that it equals.</summary>
    public IrInstruction Make(
        IrOp op, IrType type, IrInstruction[] operands, IrCondition condition = IrCondition.Equal)
    {
        for (int i = 0; i < operands.Length; i++)
            operands[i] = operands[i].Resolve();
        return Simplify(op, type, operands, condition)
            ?? Emit(new IrInstruction(op, type, operands) { Condition = condition });
    }

    /// <summary>The value that an operation on these operands equals, or null when it must be computed.</summary>
    public IrInstruction? Simplify(IrOp op, IrType type, IrInstruction[] operands, IrCondition condition)
    {
        if (operands.All(operand => operand.IsConstant))
        {
            Span<ulong> bits = stackalloc ulong[operands.Length];
            for (int i = 0; i < operands.Length; i++)
                bits[i] = operands[i].Bits;
            if (IrArithmetic.Evaluate(op, type, operands[0].Type, condition, bits) is { } result)
                return Function.Constant(type, result);
        }

        if (op is IrOp.Add or IrOp.Multiply or IrOp.And or IrOp.Or or IrOp.Xor or IrOp.Minimum or IrOp.Maximum
            && operands[0].IsConstant && !operands[1].IsConstant)
        {
            (operands[0], operands[1]) = (operands[1], operands[0]);
        }

        return type switch
        {
            IrType.I32 or IrType.I64 => SimplifyInteger(op, type, operands),
            IrType.Predicate => SimplifyPredicate(op, operands, condition),
            IrType.F32 when op == IrOp.Bitcast => SimplifyBitcast(type, operands[0]),
            _ when op == IrOp.Select => SimplifySelect(operands),
            _ => null,
        };
    }

    private static IrInstruction? SimplifySelect(IrInstruction[] operands)
    {
        if (operands[0].IsConstant)
            return operands[0].Bits != 0 ? operands[1] : operands[2];
        return operands[1] == operands[2] ? operands[1] : null;
    }

    private static IrInstruction? SimplifyBitcast(IrType type, IrInstruction x)
    {
        if (x.Type == type)
            return x;
        return x.Op == IrOp.Bitcast && x.Operands[0].Resolve().Type == type ? x.Operands[0].Resolve() : null;
    }

    private IrInstruction? SimplifyInteger(IrOp op, IrType type, IrInstruction[] operands)
    {
        IrInstruction a = operands[0];
        IrInstruction? b = operands.Length > 1 ? operands[1] : null;
        ulong mask = type == IrType.I32 ? uint.MaxValue : ulong.MaxValue;
        bool constant = b is { IsConstant: true };
        ulong value = constant ? b!.Bits : 0;
        switch (op)
        {
            case IrOp.Select:
                return SimplifySelect(operands);
            case IrOp.Bitcast:
                return SimplifyBitcast(type, a);
            case IrOp.Add:
                return constant ? AddConstant(a, value) : null;
            case IrOp.Subtract:
                if (a == b)
                    return Function.Constant(type, 0);
                return constant ? AddConstant(a, 0 - value) ?? Make(IrOp.Add, type, [a, Function.Constant(type, 0 - value)]) : null;
            case IrOp.Multiply when constant && value == 0:
                return b;
            case IrOp.Multiply or IrOp.Divide or IrOp.DivideUnsigned when constant && value == 1:
                return a;
            case IrOp.Multiply when constant && BitOperations.IsPow2(value):
                return Make(IrOp.ShiftLeft, type, [a, Function.Constant(BitOperations.TrailingZeroCount(value))]);
            case IrOp.DivideUnsigned when constant && BitOperations.IsPow2(value):
                return Make(IrOp.ShiftRightUnsigned, type, [a, Function.Constant(BitOperations.TrailingZeroCount(value))]);
            case IrOp.RemainderUnsigned when constant && BitOperations.IsPow2(value):
                return Make(IrOp.And, type, [a, Function.Constant(type, value - 1)]);
            case IrOp.Divide when constant && IsNonNegative(a) && BitOperations.IsPow2(value) && (value & ~(mask >> 1)) == 0:
                return Make(IrOp.ShiftRightUnsigned, type, [a, Function.Constant(BitOperations.TrailingZeroCount(value))]);
            case IrOp.Remainder when constant && IsNonNegative(a) && BitOperations.IsPow2(value) && (value & ~(mask >> 1)) == 0:
                return Make(IrOp.And, type, [a, Function.Constant(type, value - 1)]);
            case IrOp.ShiftLeft or IrOp.ShiftRight or IrOp.ShiftRightUnsigned when constant && value == 0:
                return a;
            case IrOp.ShiftLeft when constant && a.Op == IrOp.ZeroExtend16 && value == 16:
                return Make(op, type, [a.Operands[0], b!]);
            case IrOp.ShiftLeft when constant && a.Op == IrOp.ShiftRightUnsigned && a.Operands[1].Resolve() == b:
                return Make(IrOp.And, type, [a.Operands[0], Function.Constant(type, mask << (int)value & mask)]);
            case IrOp.And when constant && value == 0:
                return b;
            case IrOp.And when constant && (value & mask) == mask:
                return a;
            case IrOp.And when constant && a.Op == IrOp.And && a.Operands[1].Resolve() is { IsConstant: true } inner:
                return Make(IrOp.And, type, [a.Operands[0], Function.Constant(type, inner.Bits & value)]);
            case IrOp.And or IrOp.Or when a == b:
                return a;
            case IrOp.Or or IrOp.Xor when constant && value == 0:
                return a;
            case IrOp.Xor when a == b:
                return Function.Constant(type, 0);
            case IrOp.ZeroExtend8 when ActiveBits(a) <= 8:
            case IrOp.ZeroExtend16 when ActiveBits(a) <= 16:
            case IrOp.SignExtend16 when ActiveBits(a) <= 15:
            case IrOp.SignExtend8 when ActiveBits(a) <= 7:
                return a;
            case IrOp.SignExtend8 or IrOp.SignExtend16 when a.Op == op:
                return a;
            case IrOp.SignExtend8 or IrOp.SignExtend16 when a.Op == IrOp.Load && a.Memory!.Type == (op == IrOp.SignExtend8 ? MemoryType.S8 : MemoryType.S16):
                return a;
            case IrOp.Truncate when a.Op is IrOp.SignExtend or IrOp.ZeroExtend:
                return a.Operands[0].Resolve();
            default:
                return null;
        }
    }

    /// <summary>(x + c₁) + c₂ = x + (c₁ + c₂); a shared address takes constants in.</summary>
    private IrInstruction? AddConstant(IrInstruction a, ulong value)
    {
        if (value == 0)
            return a;
        if (a.Op == IrOp.SharedAddress)
            return Emit(new IrInstruction(IrOp.SharedAddress, IrType.I32) { Bits = (uint)(a.Bits + value) });
        if (a.Op == IrOp.Add && a.Operands[1].Resolve() is { IsConstant: true } inner)
            return Make(IrOp.Add, a.Type, [a.Operands[0], Function.Constant(a.Type, inner.Bits + value)]);
        return null;
    }

    private static bool IsNonNegative(IrInstruction x) => ActiveBits(x) < (x.Type == IrType.I32 ? 32 : 64);

    /// <summary>An upper bound of the number of low bits that can be set.</summary>
    private static int ActiveBits(IrInstruction x)
    {
        int width = x.Type == IrType.I32 ? 32 : 64;
        return x.Op switch
        {
            IrOp.Constant => 64 - BitOperations.LeadingZeroCount(x.Bits),
            IrOp.ZeroExtend8 => 8,
            IrOp.ZeroExtend16 or IrOp.BFloat16FromFloat => 16,
            IrOp.ZeroExtend => 32,
            IrOp.Load => x.Memory!.Type switch { MemoryType.U8 => 8, MemoryType.U16 => 16, _ => width },
            IrOp.And when x.Operands[1].Resolve() is { IsConstant: true } mask =>
                64 - BitOperations.LeadingZeroCount(mask.Bits),
            IrOp.ShiftRightUnsigned when x.Operands[1].Resolve() is { IsConstant: true } amount =>
                Math.Max(0, width - (int)Math.Min(amount.Bits, (ulong)width)),
            IrOp.PopCount or IrOp.LeadingZeroCount => 7,
            IrOp.Intrinsic => x.Row!.Template.Contains("%tid", StringComparison.Ordinal)
                || x.Row.Template.Contains("%laneid", StringComparison.Ordinal)
                || x.Row.Template.Contains("%ntid", StringComparison.Ordinal)
                    ? 11
                    : x.Row.Template.Contains("ctaid.", StringComparison.Ordinal) ? 31 : width,
            _ => width,
        };
    }

    private IrInstruction? SimplifyPredicate(IrOp op, IrInstruction[] operands, IrCondition condition)
    {
        IrInstruction a = operands[0];
        IrInstruction? b = operands.Length > 1 ? operands[1] : null;
        switch (op)
        {
            case IrOp.Select:
                return SimplifySelect(operands);
            case IrOp.Not when a.Op == IrOp.Not:
                return a.Operands[0].Resolve();
            case IrOp.Not when a.Op == IrOp.Compare:
                IrInstruction[] compared = [a.Operands[0], a.Operands[1]];
                return Make(IrOp.Compare, IrType.Predicate, compared, Inverse(a.Condition, compared[0].Resolve().Type));
            case IrOp.And or IrOp.Or when a == b:
                return a;
            case IrOp.And when b!.IsConstant:
                return b.Bits != 0 ? a : b;
            case IrOp.Or when b!.IsConstant:
                return b.Bits != 0 ? b : a;
            case IrOp.Xor when b!.IsConstant:
                return b.Bits != 0 ? Make(IrOp.Not, IrType.Predicate, [a]) : a;
            case IrOp.Compare when IsBoolean(a, out IrInstruction? predicate) && b!.IsConstant && b.Bits == 0:
                if (condition is IrCondition.Equal or IrCondition.EqualUnordered)
                    return Make(IrOp.Not, IrType.Predicate, [predicate]);
                return condition is IrCondition.NotEqual or IrCondition.NotEqualUnordered or IrCondition.GreaterUnsigned
                    ? predicate
                    : null;
            case IrOp.Compare when a == b && a.Type is IrType.I32 or IrType.I64:
                return Function.Constant(condition is IrCondition.Equal or IrCondition.EqualUnordered
                    or IrCondition.LessOrEqual or IrCondition.GreaterOrEqual
                    or IrCondition.LessOrEqualUnsigned or IrCondition.GreaterOrEqualUnsigned);
            default:
                return null;
        }
    }

    /// <summary>Whether x is an I32 that is 1 where a predicate holds and 0 where not.</summary>
    public static bool IsBoolean(IrInstruction x, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IrInstruction? predicate)
    {
        predicate = x.Op == IrOp.Select && x.Type == IrType.I32
            && x.Operands[1].Resolve() is { IsConstant: true, Bits: 1 }
            && x.Operands[2].Resolve() is { IsConstant: true, Bits: 0 }
                ? x.Operands[0].Resolve()
                : null;
        return predicate is not null;
    }

    private static IrCondition Inverse(IrCondition condition, IrType type)
    {
        bool real = type is IrType.F32 or IrType.F64;
        return condition switch
        {
            IrCondition.Equal => real ? IrCondition.NotEqualUnordered : IrCondition.NotEqual,
            IrCondition.NotEqual => real ? IrCondition.EqualUnordered : IrCondition.Equal,
            IrCondition.Less => real ? IrCondition.GreaterOrEqualUnordered : IrCondition.GreaterOrEqual,
            IrCondition.LessOrEqual => real ? IrCondition.GreaterUnordered : IrCondition.Greater,
            IrCondition.Greater => real ? IrCondition.LessOrEqualUnordered : IrCondition.LessOrEqual,
            IrCondition.GreaterOrEqual => real ? IrCondition.LessUnordered : IrCondition.Less,
            IrCondition.LessUnsigned => IrCondition.GreaterOrEqualUnsigned,
            IrCondition.LessOrEqualUnsigned => IrCondition.GreaterUnsigned,
            IrCondition.GreaterUnsigned => IrCondition.LessOrEqualUnsigned,
            IrCondition.GreaterOrEqualUnsigned => IrCondition.LessUnsigned,
            IrCondition.EqualUnordered => IrCondition.NotEqual,
            IrCondition.NotEqualUnordered => IrCondition.Equal,
            IrCondition.LessUnordered => IrCondition.GreaterOrEqual,
            IrCondition.LessOrEqualUnordered => IrCondition.Greater,
            IrCondition.GreaterUnordered => IrCondition.LessOrEqual,
            _ => IrCondition.Less,
        };
    }
}
