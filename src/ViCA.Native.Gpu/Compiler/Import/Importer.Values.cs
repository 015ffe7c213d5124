using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private StackValue Pop() => _stack.Pop();

    private void Push(IrInstruction value) => _stack.Push(new ScalarValue(value));

    private void PushBoolean(IrInstruction predicate) => Push(ToInteger(predicate));

    /// <summary>A scalar from the stack; a refusal and 0 where something else lies there.</summary>
    private IrInstruction PopScalar() => ScalarOf(Pop());

    private IrInstruction ScalarOf(StackValue value)
    {
        switch (value)
        {
            case ScalarValue scalar:
                return scalar.Value.Resolve();
            case AggregateValue { Leaves: [{ } only] }:
                return only.Resolve();
            default:
                Refuse(DiagnosticCodes.Reference, "an address is used as a number; only indices and fields are");
                return _function.Constant(0);
        }
    }

    private (IrInstruction A, IrInstruction B) PopPair()
    {
        IrInstruction b = PopScalar();
        IrInstruction a = PopScalar();

        // IL allows native int with int32.
        if (a.Type == IrType.I64 && b.Type == IrType.I32)
            b = _builder.Unary(IrOp.SignExtend, IrType.I64, b);
        else if (b.Type == IrType.I64 && a.Type == IrType.I32)
            a = _builder.Unary(IrOp.SignExtend, IrType.I64, a);
        else if (a.Type == IrType.F64 && b.Type == IrType.F32)
            b = _builder.Unary(IrOp.FloatConvert, IrType.F64, b);
        else if (b.Type == IrType.F64 && a.Type == IrType.F32)
            a = _builder.Unary(IrOp.FloatConvert, IrType.F64, a);
        return (a, b);
    }

    private IrInstruction ToInteger(IrInstruction predicate) => predicate.Type == IrType.Predicate
        ? _builder.Select(predicate, _function.Constant(1), _function.Constant(0))
        : predicate;

    private IrInstruction ToPredicate(StackValue value)
    {
        if (value is LocalReference or MemoryReference)
            return _function.Constant(true);
        IrInstruction scalar = ScalarOf(value);
        return scalar.Type == IrType.Predicate
            ? scalar
            : _builder.Compare(IrCondition.NotEqual, scalar, _function.Constant(scalar.Type, 0));
    }

    private StackValue ReadSlot(Slot slot)
    {
        if (slot.Layout is null)
            return _variables.ReadReference(slot, _builder.Block) ?? RefuseReference();
        return ReadLocal(slot, 0, slot.Layout);
    }

    private LocalReference RefuseReference()
    {
        Refuse(
            DiagnosticCodes.Reference,
            "a ref variable holds different places on different ways here; use an index instead of a ref");
        return new LocalReference(Temporary(typeof(int)), 0);
    }

    private void WriteSlot(Slot slot, StackValue value)
    {
        if (slot.Layout is null)
            _variables.WriteReference(slot, _builder.Block, value);
        else
            WriteLocal(slot, 0, slot.Layout, value);
    }

    private StackValue ReadLocal(Slot slot, int offset, TypeLayout layout)
    {
        if (layout.IsPrimitive)
            return new ScalarValue(ReadCell(slot, offset, layout.Leaves[0]));
        IrInstruction[] leaves = new IrInstruction[layout.Leaves.Count];
        for (int i = 0; i < leaves.Length; i++)
            leaves[i] = ReadCell(slot, offset + layout.Leaves[i].Offset, layout.Leaves[i]);
        return new AggregateValue(layout.Type, leaves);
    }

    private IrInstruction ReadCell(Slot slot, int offset, Leaf leaf)
    {
        if (slot.CellAt(offset) is not { } cell || cell.Leaf.Bytes != leaf.Bytes)
        {
            RefuseBytes();
            return _function.Constant(leaf.ValueType, 0);
        }

        IrInstruction value = _variables.Read(cell, _builder.Block);
        if (value.Type != leaf.ValueType)
            return _builder.Unary(IrOp.Bitcast, leaf.ValueType, value);
        return cell.Leaf.Type == leaf.Type ? value : Normalize(leaf.Type, value);
    }

    private void WriteLocal(Slot slot, int offset, TypeLayout layout, StackValue value)
    {
        if (layout.IsPrimitive || value is ScalarValue)
        {
            WriteCell(slot, offset, layout.Leaves[0], ScalarOf(value));
            return;
        }

        if (value is not AggregateValue aggregate || aggregate.Leaves.Length != layout.Leaves.Count)
        {
            Refuse(DiagnosticCodes.Reference, "an address is stored in a variable that is no ref");
            return;
        }

        for (int i = 0; i < aggregate.Leaves.Length; i++)
            WriteCell(slot, offset + layout.Leaves[i].Offset, layout.Leaves[i], aggregate.Leaves[i]);
    }

    private void WriteCell(Slot slot, int offset, Leaf leaf, IrInstruction value)
    {
        if (slot.CellAt(offset) is not { } cell || cell.Leaf.Bytes != leaf.Bytes)
        {
            RefuseBytes();
            return;
        }

        value = Fit(value.Resolve(), cell.Leaf);
        _variables.Write(cell, _builder.Block, value);
    }

    private void RefuseBytes() => Refuse(
        DiagnosticCodes.Reference,
        "bytes of a local variable are read or written in another size than they have; use BitConverter or shifts");

    /// <summary>A value as the leaf holds it: converted where IL converts on a store, narrowed where it is narrow.</summary>
    private IrInstruction Fit(IrInstruction value, Leaf leaf)
    {
        value = ToInteger(value);
        IrType type = leaf.ValueType;
        if (value.Type != type)
        {
            value = (value.Type, type) switch
            {
                (IrType.I32, IrType.I64) => _builder.Unary(IrOp.SignExtend, type, value),
                (IrType.I64, IrType.I32) => _builder.Unary(IrOp.Truncate, type, value),
                (IrType.F32, IrType.F64) or (IrType.F64, IrType.F32) => _builder.Unary(IrOp.FloatConvert, type, value),
                _ => _builder.Unary(IrOp.Bitcast, type, value),
            };
        }

        return Normalize(leaf.Type, value);
    }

    private IrInstruction Normalize(MemoryType type, IrInstruction value) => type switch
    {
        MemoryType.U8 => _builder.Unary(IrOp.ZeroExtend8, IrType.I32, value),
        MemoryType.S8 => _builder.Unary(IrOp.SignExtend8, IrType.I32, value),
        MemoryType.U16 => _builder.Unary(IrOp.ZeroExtend16, IrType.I32, value),
        MemoryType.S16 => _builder.Unary(IrOp.SignExtend16, IrType.I32, value),
        _ => value,
    };

    private StackValue Load(StackValue reference, Type type)
    {
        TypeLayout layout = reference is MemoryReference ? MemoryLayoutOf(type) : LayoutOf(type);
        switch (reference)
        {
            case LocalReference local:
                return local.Slot.Layout is null
                    ? RefuseReference()
                    : Typed(ReadLocal(local.Slot, local.Offset, layout), type);
            case MemoryReference memory:
                if (layout.IsPrimitive)
                    return new ScalarValue(LoadLeaf(memory, layout.Leaves[0]));
                return new AggregateValue(type, [.. layout.Leaves.Select(leaf => LoadLeaf(memory, leaf))]);
            default:
                Refuse(DiagnosticCodes.Reference, "a value is used as an address");
                return Poison(type);
        }
    }

    private static StackValue Typed(StackValue value, Type type) =>
        value is AggregateValue aggregate ? aggregate with { Type = type } : value;

    private IrInstruction LoadLeaf(MemoryReference memory, Leaf leaf, string qualifier = "") => _builder.Emit(
        new IrInstruction(IrOp.Load, leaf.ValueType, memory.Address)
        {
            Memory = new MemoryAccess(
                memory.Space, leaf.Type, Offset: memory.Offset + leaf.Offset, Qualifier: qualifier),
        });

    private void Store(StackValue reference, Type type, StackValue value)
    {
        TypeLayout layout = reference is MemoryReference ? MemoryLayoutOf(type) : LayoutOf(type);
        switch (reference)
        {
            case LocalReference local:
                WriteLocal(local.Slot, local.Offset, layout, value);
                break;
            case MemoryReference { Space: MemorySpace.Parameter }:
                Refuse(DiagnosticCodes.Parameters, "the fields of a kernel are its arguments and cannot be written");
                break;
            case MemoryReference memory:
                IrInstruction[] leaves = value is AggregateValue aggregate ? aggregate.Leaves : [ScalarOf(value)];
                for (int i = 0; i < leaves.Length; i++)
                {
                    Leaf leaf = layout.Leaves[i];
                    IrInstruction fitted = FitForStore(leaves[i].Resolve(), leaf);
                    _builder.Emit(new IrInstruction(IrOp.Store, IrType.Void, memory.Address, fitted)
                    {
                        Memory = new MemoryAccess(memory.Space, leaf.Type, Offset: memory.Offset + leaf.Offset),
                    });
                }

                break;
            default:
                Refuse(DiagnosticCodes.Reference, "a value is used as an address");
                break;
        }
    }

    /// <summary>As Fit, but a narrow store drops the upper bits by itself.</summary>
    private IrInstruction FitForStore(IrInstruction value, Leaf leaf) =>
        leaf.Bytes < 4 && value.Type == IrType.I32 ? value : Fit(value, leaf);
}
