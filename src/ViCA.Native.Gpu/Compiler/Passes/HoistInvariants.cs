using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>
/// Loop-invariant code motion: a pure instruction whose operands come from outside the loop moves before it. Inner loops
/// first, so that code climbs as far as it can. Divisions stay: their hoisting would compute what no iteration asked for.
/// </summary>
internal static class HoistInvariants
{
    public static void Run(IrFunction function)
    {
        IrGraph graph = new(function);
        foreach ((IrBlock header, HashSet<IrBlock> loop) in graph.Loops.OrderBy(loop => loop.Value.Count))
        {
            IrBlock[] outside = [.. header.Predecessors.Where(block => !loop.Contains(block)).Distinct()];
            if (outside is not [{ Terminator: IrTerminatorKind.Jump } before])
                continue;
            foreach (IrBlock block in graph.Blocks.Where(loop.Contains))
                block.Instructions.RemoveAll(instruction => Move(instruction, before, loop));
        }
    }

    private static bool Move(IrInstruction instruction, IrBlock before, HashSet<IrBlock> loop)
    {
        if (!instruction.IsPure || instruction.Op is IrOp.Divide or IrOp.DivideUnsigned or IrOp.Remainder or IrOp.RemainderUnsigned)
            return false;
        foreach (IrInstruction operand in instruction.Operands)
        {
            if (operand.Block is { } block && loop.Contains(block))
                return false;
        }

        instruction.Block = before;
        before.Instructions.Add(instruction);
        return true;
    }
}
