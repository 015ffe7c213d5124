using System.Reflection;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private const int SharedAlignment = 128;

    private void BuildBuiltin(Builtin kind, MethodInfo method, StackValue[] arguments)
    {
        switch (kind)
        {
            case Builtin.GlobalReference:
                _stack.Push(Reference(MemorySpace.Global, ScalarOf(arguments[0])));
                break;
            case Builtin.SharedReference:
                _stack.Push(Reference(MemorySpace.Shared, ScalarOf(arguments[0])));
                break;
            case Builtin.GlobalIndex:
                Push(GlobalIndex(ScalarOf(arguments[0]), ScalarOf(arguments[1]), ScalarOf(arguments[2])));
                break;
            case Builtin.SharedAllocate:
                AllocateShared(method, ScalarOf(arguments[0]));
                break;
            case Builtin.RegistersElement:
                _stack.Push(TileElement(method, arguments[0], ScalarOf(arguments[1])));
                break;
            case Builtin.LoadReadOnly:
                LoadScalar(method, arguments, ".nc");
                break;
            case Builtin.LoadIf:
                LoadIf(method, arguments);
                break;
            case Builtin.StoreIf:
                StoreIf(method, arguments);
                break;
            case Builtin.LoadVector:
                _stack.Push(LoadVector(method, arguments[0], ScalarOf(arguments[1]), "", null));
                break;
            case Builtin.LoadVectorReadOnly:
                _stack.Push(LoadVector(method, arguments[0], ScalarOf(arguments[1]), ".nc", null));
                break;
            case Builtin.LoadVectorIf:
                _stack.Push(LoadVector(method, arguments[0], ScalarOf(arguments[2]), "", ToPredicate(arguments[1])));
                break;
            case Builtin.StoreVector:
                StoreVector(method, arguments[0], ScalarOf(arguments[1]), arguments[2], null);
                break;
            case Builtin.StoreVectorIf:
                StoreVector(method, arguments[0], ScalarOf(arguments[2]), arguments[3], ToPredicate(arguments[1]));
                break;
            case Builtin.Select:
                SelectValue(method, arguments);
                break;
            case Builtin.BFloat16FromFloat:
                IrInstruction rounded = _builder.Unary(IrOp.BFloat16FromFloat, IrType.I32, ScalarOf(arguments[0]));
                _stack.Push(new AggregateValue(typeof(BFloat16), [rounded]));
                break;
            case Builtin.UnrollFull or Builtin.UnrollNone:
                break;
            default:
                Atomic(kind, method, arguments);
                break;
        }
    }

    /// <summary>A reference whose constant part is its offset.</summary>
    private static MemoryReference Reference(MemorySpace space, IrInstruction address)
    {
        long offset = 0;
        while (address.Op == IrOp.Add && address.Operands[1].Resolve() is { IsConstant: true } constant)
        {
            offset += space == MemorySpace.Shared ? (int)constant.Bits : (long)constant.Bits;
            address = address.Operands[0].Resolve();
        }

        return new MemoryReference(space, address, offset);
    }

    /// <summary>address + index · size; the constant part of the index goes last, so that it becomes an offset.</summary>
    private IrInstruction GlobalIndex(IrInstruction address, IrInstruction index, IrInstruction size)
    {
        long offset = 0;
        while (index.Op == IrOp.Add && index.Operands[1].Resolve() is { IsConstant: true } constant)
        {
            offset += (int)constant.Bits * (long)size.Bits;
            index = index.Operands[0].Resolve();
        }

        IrInstruction scaled = _builder.Make(IrOp.MultiplyWide, IrType.I64, [index, size]);
        IrInstruction sum = _builder.Binary(IrOp.Add, address, scaled);
        return _builder.Binary(IrOp.Add, sum, _function.Constant(offset));
    }

    private void AllocateShared(MethodInfo method, IrInstruction length)
    {
        Type element = method.GetGenericArguments()[0];
        if (!length.IsConstant || (int)length.Bits <= 0)
        {
            Refuse(
                DiagnosticCodes.Constant,
                "the length of shared memory must be a positive constant; take it from a type argument");
            length = _function.Constant(1);
        }

        int offset = (_function.SharedBytes + SharedAlignment - 1) / SharedAlignment * SharedAlignment;
        long bytes = (long)(int)length.Bits * LayoutOf(element).Bytes;
        _function.SharedBytes = (int)Math.Min(int.MaxValue / 2, offset + bytes);
        IrInstruction address = _builder.Emit(
            new IrInstruction(IrOp.SharedAddress, IrType.I32) { Bits = (ulong)offset });
        _stack.Push(new AggregateValue(method.ReturnType, [address]));
    }

    private LocalReference TileElement(MethodInfo method, StackValue tile, IrInstruction index)
    {
        Type element = method.DeclaringType!.GetGenericArguments()[0];
        int length = TypeLayout.Length(method.DeclaringType.GetGenericArguments()[1]);
        if (tile is not LocalReference local)
        {
            Refuse(DiagnosticCodes.Reference, "a register tile must be a local variable");
            return new LocalReference(Temporary(element), 0);
        }

        if (!index.IsConstant)
        {
            if (!UnrollLoopsOf(index))
            {
                Refuse(
                    DiagnosticCodes.TileIndex,
                    "the index of a register tile is no constant after unrolling; registers have no addresses: index with "
                    + "loop variables of constant bounds, or use shared memory");
            }

            return new LocalReference(Temporary(element), 0);
        }

        if ((int)index.Bits < 0 || (int)index.Bits >= length)
        {
            Refuse(
                DiagnosticCodes.TileRange,
                $"index {(int)index.Bits} of a register tile of {length} elements; stay below its length");
            return new LocalReference(Temporary(element), 0);
        }

        return local with { Offset = local.Offset + (int)index.Bits * LayoutOf(element).Bytes };
    }

    /// <summary>Marks the kept loops whose variables make up an index; the next attempt unrolls them.</summary>
    private bool UnrollLoopsOf(IrInstruction index)
    {
        bool found = false;
        HashSet<IrInstruction> seen = [];
        Stack<IrInstruction> pending = new([index]);
        while (pending.TryPop(out IrInstruction? value))
        {
            value = value.Resolve();
            if (!seen.Add(value))
                continue;
            if (value.Op == IrOp.Phi && _keptLoops.TryGetValue(value.Block!, out (MethodBase, int) loop))
            {
                found = true;
                _again |= _unrolled.Add(loop);
            }

            foreach (IrInstruction operand in value.Operands)
                pending.Push(operand);
        }

        return found;
    }

    /// <summary>The memory that element <paramref name="index"/> of a Global or Shared lies in.</summary>
    private MemoryReference ElementReference(StackValue view, IrInstruction index, Type viewType, out Type element)
    {
        element = viewType.GetGenericArguments()[0];
        bool isGlobal = viewType.GetGenericTypeDefinition() == typeof(Global<>);
        IrInstruction address = ScalarOf(Load(view, isGlobal ? typeof(ulong) : typeof(uint)));
        int bytes = MemoryLayoutOf(element).Bytes;
        IrInstruction at = isGlobal
            ? GlobalIndex(address, index, _function.Constant(bytes))
            : SharedIndex(address, index, bytes);
        return Reference(isGlobal ? MemorySpace.Global : MemorySpace.Shared, at);
    }

    private IrInstruction SharedIndex(IrInstruction address, IrInstruction index, int bytes)
    {
        IrInstruction scaled = Scale(index, bytes);
        return _builder.Binary(IrOp.Add, address, scaled);
    }

    /// <summary>index · bytes in 32 bits, with the constant part of a sum kept last.</summary>
    private IrInstruction Scale(IrInstruction index, int bytes)
    {
        if (index.Op == IrOp.Add && index.Operands[1].Resolve() is { IsConstant: true } constant)
        {
            IrInstruction scaled = Scale(index.Operands[0].Resolve(), bytes);
            return _builder.Binary(IrOp.Add, scaled, _function.Constant((int)constant.Bits * bytes));
        }

        return _builder.Binary(IrOp.Multiply, index, _function.Constant(bytes));
    }

    private void LoadScalar(MethodInfo method, StackValue[] arguments, string qualifier)
    {
        MemoryReference memory = ElementReference(
            arguments[0], ScalarOf(arguments[1]), method.DeclaringType!, out Type element);
        TypeLayout layout = LayoutOf(element);
        IrInstruction[] leaves = [.. layout.Leaves.Select(leaf => LoadLeaf(memory, leaf, qualifier))];
        _stack.Push(layout.IsPrimitive ? new ScalarValue(leaves[0]) : new AggregateValue(element, leaves));
    }

    private void LoadIf(MethodInfo method, StackValue[] arguments)
    {
        IrInstruction condition = ToPredicate(arguments[1]);
        MemoryReference memory = ElementReference(
            arguments[0], ScalarOf(arguments[2]), method.DeclaringType!, out Type element);
        TypeLayout layout = LayoutOf(element);
        IrInstruction[] others = arguments[3] is AggregateValue aggregate ? aggregate.Leaves : [ScalarOf(arguments[3])];
        IrInstruction[] leaves = new IrInstruction[layout.Leaves.Count];
        for (int i = 0; i < leaves.Length; i++)
        {
            Leaf leaf = layout.Leaves[i];
            leaves[i] = _builder.Emit(new IrInstruction(
                IrOp.Load, leaf.ValueType, memory.Address, condition, Fit(others[i].Resolve(), leaf))
            {
                Memory = new MemoryAccess(
                    memory.Space, leaf.Type, Offset: memory.Offset + leaf.Offset, Predicated: true),
            });
        }

        _stack.Push(layout.IsPrimitive ? new ScalarValue(leaves[0]) : new AggregateValue(element, leaves));
    }

    private void StoreIf(MethodInfo method, StackValue[] arguments)
    {
        IrInstruction condition = ToPredicate(arguments[1]);
        MemoryReference memory = ElementReference(
            arguments[0], ScalarOf(arguments[2]), method.DeclaringType!, out Type element);
        TypeLayout layout = LayoutOf(element);
        IrInstruction[] leaves = arguments[3] is AggregateValue aggregate ? aggregate.Leaves : [ScalarOf(arguments[3])];
        for (int i = 0; i < leaves.Length; i++)
        {
            Leaf leaf = layout.Leaves[i];
            _builder.Emit(new IrInstruction(
                IrOp.Store, IrType.Void, memory.Address, FitForStore(leaves[i].Resolve(), leaf), condition)
            {
                Memory = new MemoryAccess(
                    memory.Space, leaf.Type, Offset: memory.Offset + leaf.Offset, Predicated: true),
            });
        }
    }

    private void SelectValue(MethodInfo method, StackValue[] arguments)
    {
        IrInstruction condition = ToPredicate(arguments[0]);
        Type type = method.GetGenericArguments()[0];
        TypeLayout layout = LayoutOf(type);
        IrInstruction[] a = arguments[1] is AggregateValue first ? first.Leaves : [ScalarOf(arguments[1])];
        IrInstruction[] b = arguments[2] is AggregateValue second ? second.Leaves : [ScalarOf(arguments[2])];
        IrInstruction[] leaves = new IrInstruction[a.Length];
        for (int i = 0; i < leaves.Length; i++)
        {
            Leaf leaf = layout.Leaves[i];
            leaves[i] = _builder.Select(condition, Fit(a[i].Resolve(), leaf), Fit(b[i].Resolve(), leaf));
        }

        _stack.Push(layout.IsPrimitive ? new ScalarValue(leaves[0]) : new AggregateValue(type, leaves));
    }
}
