using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>
/// Global value numbering: of equal pure instructions the one that dominates the others stays. A table per block, looked
/// up along the dominator tree.
/// </summary>
internal static class NumberValues
{
    private readonly record struct Key(
        IrOp Op, IrType Type, IrCondition Condition, ulong Bits, object? Detail, IrInstruction? A, IrInstruction? B, IrInstruction? C);

    public static void Run(IrFunction function)
    {
        IrGraph graph = new(function);
        Dictionary<IrBlock, Dictionary<Key, IrInstruction>> tables = [];
        foreach (IrBlock block in graph.Blocks)
        {
            Dictionary<Key, IrInstruction> table = [];
            tables.Add(block, table);
            block.Instructions.RemoveAll(instruction => Replace(instruction, block, table));
        }

        CleanControlFlow.Run(function);

        bool Replace(IrInstruction instruction, IrBlock block, Dictionary<Key, IrInstruction> table)
        {
            for (int i = 0; i < instruction.Operands.Length; i++)
                instruction.Operands[i] = instruction.Operands[i].Resolve();
            if (!instruction.IsPure || instruction.Operands.Length > 3)
                return false;
            Key key = KeyOf(instruction);
            for (IrBlock? scope = block; scope is not null; scope = graph.ImmediateDominator(scope))
            {
                if (tables[scope].TryGetValue(key, out IrInstruction? known))
                {
                    instruction.Replacement = known;
                    return true;
                }
            }

            table.Add(key, instruction);
            return false;
        }
    }

    private static Key KeyOf(IrInstruction instruction)
    {
        IrInstruction[] x = instruction.Operands;
        return new Key(
            instruction.Op,
            instruction.Type,
            instruction.Condition,
            instruction.Bits,
            instruction.Row?.Template as object ?? instruction.Memory,
            x.Length > 0 ? x[0] : null,
            x.Length > 1 ? x[1] : null,
            x.Length > 2 ? x[2] : null);
    }
}
