using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>Folds again what could not be folded while a loop's phis were still open.</summary>
internal static class Simplify
{
    public static void Run(IrFunction function)
    {
        IrBuilder builder = new(function);
        foreach (IrBlock block in function.Blocks)
        {
            List<IrInstruction> instructions = block.Instructions;
            block.Instructions = [];
            builder.Block = block;
            foreach (IrInstruction instruction in instructions)
            {
                for (int i = 0; i < instruction.Operands.Length; i++)
                    instruction.Operands[i] = instruction.Operands[i].Resolve();
                builder.Location = instruction.Location;
                IrInstruction? simpler = instruction.IsPure && instruction.Operands.Length > 0
                    && instruction.Op is not (IrOp.Load or IrOp.Intrinsic)
                        ? builder.Simplify(instruction.Op, instruction.Type, instruction.Operands, instruction.Condition)
                        : null;
                if (simpler is not null)
                    instruction.Replacement = simpler;
                else
                    block.Instructions.Add(instruction);
            }
        }

        CleanControlFlow.Run(function);
    }
}
