using System.Reflection;
using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private const int SharedAlignment = 128;
    private const int VectorBytes = 16;

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

    private AggregateValue LoadVector(
        MethodInfo method, StackValue view, IrInstruction index, string qualifier, IrInstruction? predicate)
    {
        MemoryReference memory = ElementReference(view, index, method.DeclaringType!, out Type element);
        TypeLayout layout = LayoutOf(method.ReturnType);
        int elementBytes = LayoutOf(element).Bytes;
        IrInstruction[] leaves = new IrInstruction[layout.Leaves.Count];
        bool narrow = elementBytes < 4;
        int word = narrow ? Math.Min(4, layout.Bytes) : Math.Min(elementBytes, 8);
        MemoryType type = narrow && word == 4 ? MemoryType.B32 : layout.Leaves[0].Type;
        for (int at = 0, leaf = 0; at < layout.Bytes;)
        {
            int count = Math.Min(VectorBytes / word, (layout.Bytes - at) / word);
            count = count >= 4 ? 4 : count >= 2 ? 2 : 1;
            foreach (IrInstruction value in LoadWords(memory, type, count, at, qualifier, predicate))
            {
                if (narrow && word == 4)
                    Unpack(value, layout, leaves, ref leaf);
                else
                    leaves[leaf++] = value;
            }

            at += count * word;
        }

        return new AggregateValue(method.ReturnType, leaves);
    }

    private IrInstruction[] LoadWords(
        MemoryReference memory, MemoryType type, int count, int at, string qualifier, IrInstruction? predicate)
    {
        MemoryAccess access = new(
            memory.Space, type, count, memory.Offset + at, qualifier, Predicated: predicate is not null);
        List<IrInstruction> operands = [memory.Address];
        if (predicate is not null)
        {
            operands.Add(predicate);
            operands.Add(_function.Constant(access.ValueType, 0));
        }

        if (count == 1)
            return [_builder.Emit(new IrInstruction(IrOp.Load, access.ValueType, [.. operands]) { Memory = access })];
        IrInstruction load = _builder.Emit(
            new IrInstruction(IrOp.LoadVector, access.ValueType, [.. operands]) { Memory = access });
        IrInstruction[] words = new IrInstruction[count];
        for (int i = 0; i < count; i++)
            words[i] = _builder.Emit(new IrInstruction(IrOp.Extract, access.ValueType, load) { Bits = (ulong)i });
        return words;
    }

    /// <summary>Splits a 32-bit word into the narrow elements that it holds.</summary>
    private void Unpack(IrInstruction word, TypeLayout layout, IrInstruction[] leaves, ref int leaf)
    {
        int bytes = layout.Leaves[0].Bytes;
        for (int bit = 0; bit < 32; bit += 8 * bytes)
        {
            IrInstruction shifted = bit == 0
                ? word
                : _builder.Make(IrOp.ShiftRightUnsigned, IrType.I32, [word, _function.Constant(bit)]);
            leaves[leaf] = Normalize(layout.Leaves[leaf].Type, shifted);
            leaf++;
        }
    }

    private void StoreVector(
        MethodInfo method, StackValue view, IrInstruction index, StackValue values, IrInstruction? predicate)
    {
        MemoryReference memory = ElementReference(view, index, method.DeclaringType!, out Type element);
        AggregateValue tile = (AggregateValue)values;
        TypeLayout layout = LayoutOf(tile.Type);
        int elementBytes = LayoutOf(element).Bytes;
        bool narrow = elementBytes < 4;
        int word = narrow ? Math.Min(4, layout.Bytes) : Math.Min(elementBytes, 8);
        MemoryType type = narrow && word == 4 ? MemoryType.B32 : layout.Leaves[0].Type;
        int perWord = narrow ? word / layout.Leaves[0].Bytes : 1;
        for (int at = 0, leaf = 0; at < layout.Bytes;)
        {
            int count = Math.Min(VectorBytes / word, (layout.Bytes - at) / word);
            count = count >= 4 ? 4 : count >= 2 ? 2 : 1;
            List<IrInstruction> operands = [memory.Address];
            for (int i = 0; i < count; i++, leaf += perWord)
                operands.Add(Packed(tile.Leaves.AsSpan(leaf, perWord)));
            if (predicate is not null)
                operands.Add(predicate);
            _builder.Emit(new IrInstruction(IrOp.Store, IrType.Void, [.. operands])
            {
                Memory = new MemoryAccess(
                    memory.Space, type, count, memory.Offset + at, Predicated: predicate is not null),
            });
            at += count * word;
        }
    }

    private IrInstruction Packed(ReadOnlySpan<IrInstruction> elements)
    {
        if (elements.Length == 1)
            return elements[0].Resolve();
        if (elements.Length == 2)
        {
            IrInstruction low = elements[0].Resolve();
            IrInstruction high = elements[1].Resolve();
            if (low.Op == IrOp.BFloat16FromFloat && high.Op == IrOp.BFloat16FromFloat)
                return _builder.Make(IrOp.PackBFloat16, IrType.I32, [high.Operands[0], low.Operands[0]]);
            return _builder.Make(IrOp.Pack16, IrType.I32, [high, low]);
        }

        IrInstruction word = _builder.Unary(IrOp.ZeroExtend8, IrType.I32, elements[0].Resolve());
        for (int i = 1; i < elements.Length; i++)
        {
            IrInstruction part = _builder.Unary(IrOp.ZeroExtend8, IrType.I32, elements[i].Resolve());
            part = _builder.Make(IrOp.ShiftLeft, IrType.I32, [part, _function.Constant(8 * i)]);
            word = _builder.Binary(IrOp.Or, word, part);
        }

        return word;
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

    private void Atomic(Builtin kind, MethodInfo method, StackValue[] arguments)
    {
        Type type = method.GetGenericArguments()[0];
        if (arguments[0] is not MemoryReference memory || LayoutOf(type) is not { IsPrimitive: true } layout
            || layout.Bytes < 4)
        {
            Refuse(
                DiagnosticCodes.Atomic,
                $"an atomic operation on {type.Name}; it needs int, uint, long, ulong or float in Global or Shared memory");
            PushPoisonOf(method);
            return;
        }

        Leaf leaf = layout.Leaves[0];
        if (kind == Builtin.LoadAcquire)
        {
            Push(LoadLeaf(memory, leaf, ".acquire.gpu"));
            return;
        }

        if (kind == Builtin.StoreRelease)
        {
            _builder.Emit(new IrInstruction(
                IrOp.Store, IrType.Void, memory.Address, Fit(ScalarOf(arguments[1]), leaf))
            {
                Memory = new MemoryAccess(memory.Space, leaf.Type, Offset: memory.Offset, Qualifier: ".release.gpu"),
            });
            return;
        }

        bool isSigned = type == typeof(int) || type == typeof(long);
        int bits = 8 * leaf.Bytes;
        bool real = leaf.ValueType is IrType.F32 or IrType.F64;
        if (real && kind is Builtin.AtomicMin or Builtin.AtomicMax)
            Refuse(DiagnosticCodes.Atomic, "there is no atomic minimum or maximum of floats; compare and exchange their bits");
        string number = real ? $"f{bits}" : isSigned && kind is not Builtin.AtomicAdd || isSigned && bits == 32 ? $"s{bits}" : $"u{bits}";
        string operation = kind switch
        {
            Builtin.AtomicAdd => $".add.{number}",
            Builtin.AtomicMin => $".min.{number}",
            Builtin.AtomicMax => $".max.{number}",
            Builtin.AtomicExchange => $".exch.b{bits}",
            _ => $".cas.b{bits}",
        };
        List<IrInstruction> operands = [memory.Address];
        if (kind == Builtin.AtomicCompareExchange)
            operands.Add(Fit(ScalarOf(arguments[2]), leaf));
        operands.Add(Fit(ScalarOf(arguments[1]), leaf));
        Push(_builder.Emit(new IrInstruction(IrOp.Atomic, leaf.ValueType, [.. operands])
        {
            Memory = new MemoryAccess(
                memory.Space, leaf.Type, Offset: memory.Offset, AtomicOperation: operation),
        }));
    }
}
