using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>
/// Drops blocks that nothing reaches, merges a block into its only predecessor, replaces phis of one value and puts the
/// blocks in reverse postorder.
/// </summary>
internal static class CleanControlFlow
{
    public static void Run(IrFunction function)
    {
        FoldBranches(function);
        RemoveUnreachable(function);
        RemoveTrivialPhis(function);
        Merge(function);
        function.Blocks = new IrGraph(function).Blocks;
        ResolveOperands(function);
    }

    private static void FoldBranches(IrFunction function)
    {
        foreach (IrBlock block in function.Blocks)
        {
            if (block.Terminator != IrTerminatorKind.Branch)
                continue;
            IrInstruction condition = block.Condition!.Resolve();
            block.Condition = condition;
            bool same = block.Successors[0] == block.Successors[1] && block.Successors[0].Phis.Count == 0;
            if (!condition.IsConstant && !same)
                continue;
            int taken = condition.IsConstant && condition.Bits == 0 ? 1 : 0;
            RemovePredecessor(block.Successors[1 - taken], block);
            block.Successors = [block.Successors[taken]];
            block.Terminator = IrTerminatorKind.Jump;
            block.Condition = null;
        }
    }

    private static void RemovePredecessor(IrBlock block, IrBlock predecessor)
    {
        int index = block.Predecessors.IndexOf(predecessor);
        block.Predecessors.RemoveAt(index);
        foreach (IrInstruction phi in block.Phis)
            phi.Operands = [.. phi.Operands.Where((_, i) => i != index)];
    }

    private static void RemoveUnreachable(IrFunction function)
    {
        IrGraph graph = new(function);
        foreach (IrBlock block in function.Blocks.Where(block => !graph.IsReachable(block)))
        {
            foreach (IrBlock successor in block.Successors.Where(graph.IsReachable))
                RemovePredecessor(successor, block);
        }

        function.Blocks = graph.Blocks;
    }

    private static void RemoveTrivialPhis(IrFunction function)
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (IrBlock block in function.Blocks)
                changed |= block.Phis.RemoveAll(phi => ReplaceIfTrivial(function, phi)) > 0;
        }
    }

    private static bool ReplaceIfTrivial(IrFunction function, IrInstruction phi)
    {
        IrInstruction? same = null;
        foreach (IrInstruction operand in phi.Operands)
        {
            IrInstruction value = operand.Resolve();
            if (value == phi || value == same)
                continue;
            if (same is not null)
                return false;
            same = value;
        }

        phi.Replacement = same ?? function.Constant(phi.Type, 0);
        return true;
    }

    private static void Merge(IrFunction function)
    {
        foreach (IrBlock block in function.Blocks.ToList())
        {
            while (block.Terminator == IrTerminatorKind.Jump
                && block.Successors[0] is { Predecessors.Count: 1 } next && next != block && next != function.Entry)
            {
                foreach (IrInstruction instruction in next.Instructions)
                {
                    instruction.Block = block;
                    block.Instructions.Add(instruction);
                }

                foreach (IrInstruction phi in next.Phis)
                    phi.Replacement = phi.Operands[0].Resolve();
                next.Phis.Clear();
                next.Instructions = [];
                block.Terminator = next.Terminator;
                block.Condition = next.Condition;
                block.Location = next.Location;
                block.Successors = next.Successors;
                foreach (IrBlock successor in next.Successors)
                {
                    for (int i = 0; i < successor.Predecessors.Count; i++)
                    {
                        if (successor.Predecessors[i] == next)
                            successor.Predecessors[i] = block;
                    }
                }

                next.Successors = [];
                next.Terminator = IrTerminatorKind.Open;
            }
        }
    }

    private static void ResolveOperands(IrFunction function)
    {
        foreach (IrBlock block in function.Blocks)
        {
            block.Condition = block.Condition?.Resolve();
            foreach (IrInstruction instruction in block.Phis.Concat(block.Instructions))
            {
                for (int i = 0; i < instruction.Operands.Length; i++)
                    instruction.Operands[i] = instruction.Operands[i].Resolve();
            }
        }
    }
}
