using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>Drops what neither has an effect nor is needed by something that has.</summary>
internal static class RemoveDeadCode
{
    public static void Run(IrFunction function)
    {
        HashSet<IrInstruction> live = [];
        Stack<IrInstruction> pending = new();
        foreach (IrBlock block in function.Blocks)
        {
            if (block.Condition is { } condition)
                pending.Push(condition);
            foreach (IrInstruction instruction in block.Instructions.Where(instruction => instruction.HasEffect))
                pending.Push(instruction);
        }

        while (pending.TryPop(out IrInstruction? instruction))
        {
            if (!live.Add(instruction))
                continue;
            foreach (IrInstruction operand in instruction.Operands)
                pending.Push(operand);
        }

        foreach (IrBlock block in function.Blocks)
        {
            block.Phis.RemoveAll(phi => !live.Contains(phi));
            block.Instructions.RemoveAll(instruction => !live.Contains(instruction));
        }
    }
}
