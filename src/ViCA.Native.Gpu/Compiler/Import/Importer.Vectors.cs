using System.Reflection;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private const int VectorBytes = 16;

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
}
