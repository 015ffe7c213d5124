using System.Globalization;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>One operation and its result: a value is the instruction that defines it.</summary>
internal sealed class IrInstruction(IrOp op, IrType type, params IrInstruction[] operands)
{
    public IrOp Op { get; } = op;

    public IrType Type { get; } = type;

    public IrInstruction[] Operands { get; set; } = operands;

    /// <summary>Bits of a constant; element of an Extract; byte offset of a SharedAddress.</summary>
    public ulong Bits { get; init; }

    public IrCondition Condition { get; init; }

    public MemoryAccess? Memory { get; init; }

    /// <summary>The row of an Intrinsic.</summary>
    public PtxAttribute? Row { get; init; }

    public SourceLocation? Location { get; set; }

    /// <summary>The block that holds it; null for constants, which belong to the function.</summary>
    public IrBlock? Block { get; set; }

    public int Id { get; set; }

    /// <summary>What replaced it; null while it is in use. Phis that turn out trivial are forwarded.</summary>
    public IrInstruction? Replacement { get; set; }

    public bool IsConstant => Op == IrOp.Constant;

    /// <summary>Whether equal operands give an equal result anywhere, so that it can be moved, merged or dropped.</summary>
    public bool IsPure => Op switch
    {
        IrOp.Phi or IrOp.Store or IrOp.Atomic or IrOp.LoadVector or IrOp.Extract => false,
        IrOp.Load => Memory!.Space == MemorySpace.Parameter,
        IrOp.Intrinsic => Row!.Effect == PtxEffect.None,
        _ => true,
    };

    /// <summary>Whether it must stay although nothing uses its result.</summary>
    public bool HasEffect => Op is IrOp.Store or IrOp.Atomic
        || Op == IrOp.Load && Memory!.Qualifier.Contains("acquire", StringComparison.Ordinal)
        || Op == IrOp.Intrinsic && Row!.Effect is PtxEffect.Barrier or PtxEffect.Convergent;

    /// <summary>What it is now: itself, or what replaced it.</summary>
    public IrInstruction Resolve()
    {
        IrInstruction current = this;
        while (current.Replacement is { } next)
            current = next;
        return current;
    }

    public string Name => Op == IrOp.Constant
        ? Type switch
        {
            IrType.F32 => BitConverter.UInt32BitsToSingle((uint)Bits).ToString("R", CultureInfo.InvariantCulture) + "f",
            IrType.F64 => BitConverter.UInt64BitsToDouble(Bits).ToString("R", CultureInfo.InvariantCulture),
            IrType.I32 => ((int)Bits).ToString(CultureInfo.InvariantCulture),
            IrType.Predicate => Bits == 0 ? "false" : "true",
            _ => ((long)Bits).ToString(CultureInfo.InvariantCulture) + "L",
        }
        : $"v{Id}";

    public override string ToString()
    {
        string result = Type == IrType.Void ? "" : $"{Name}:{Type} = ";
        string detail = Op switch
        {
            IrOp.Compare => $".{Condition}",
            IrOp.Extract or IrOp.SharedAddress => $"[{Bits}]",
            IrOp.Intrinsic => $" \"{Row!.Template}\"",
            _ => Memory?.ToString() ?? "",
        };
        return $"{result}{Op}{detail} {string.Join(", ", Operands.Select(operand => operand.Resolve().Name))}".TrimEnd();
    }
}
