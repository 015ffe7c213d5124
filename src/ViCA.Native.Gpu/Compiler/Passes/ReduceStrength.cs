using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>
/// An address that a loop computes from its variable, base + (i + offset) · size, becomes a variable of its own that
/// moves by a constant step. It relies on the rule of the kernel language that index arithmetic does not overflow.
/// </summary>
internal static class ReduceStrength
{
    /// <summary>More of them than this would cost more registers than they save instructions.</summary>
    private const int MaxVariables = 16;

    public static void Run(IrFunction function)
    {
        IrGraph graph = new(function);
        foreach ((IrBlock header, HashSet<IrBlock> loop) in graph.Loops.OrderBy(loop => loop.Value.Count))
        {
            if (header.Predecessors.Count != 2)
                continue;
            int entry = loop.Contains(header.Predecessors[0]) ? 1 : 0;
            if (header.Predecessors[entry].Terminator != IrTerminatorKind.Jump || loop.Contains(header.Predecessors[entry]))
                continue;
            new LoopReduction(function, header, loop, entry).Run(graph);
        }

        CleanControlFlow.Run(function);
    }

    private sealed class LoopReduction(IrFunction function, IrBlock header, HashSet<IrBlock> loop, int entry)
    {
        private readonly IrBuilder _builder = new(function);

        public void Run(IrGraph graph)
        {
            int made = 0;
            foreach (IrBlock block in graph.Blocks.Where(loop.Contains).ToList())
            {
                foreach (IrInstruction instruction in block.Instructions.ToList())
                {
                    if (made < MaxVariables && TryReplace(instruction))
                        made++;
                }
            }
        }

        private bool TryReplace(IrInstruction sum)
        {
            if (sum.Op != IrOp.Add || sum.Type != IrType.I64 || sum.Replacement is not null)
                return false;
            IrInstruction start = sum.Operands[0].Resolve();
            IrInstruction scaled = sum.Operands[1].Resolve();
            if (start.Op == IrOp.MultiplyWide)
                (start, scaled) = (scaled, start);
            if (scaled.Op != IrOp.MultiplyWide || !IsInvariant(start) || !scaled.Operands[1].Resolve().IsConstant)
                return false;
            IrInstruction index = scaled.Operands[0].Resolve();
            if (!TrySplit(index, out IrInstruction? variable, out IrInstruction? offset)
                || StepOf(variable) is not { } step)
            {
                return false;
            }

            Replace(sum, start, scaled.Operands[1].Resolve(), variable, offset, step);
            return true;
        }

        private bool IsInvariant(IrInstruction value) => value.Block is not { } block || !loop.Contains(block);

        /// <summary>index = variable + offset, with a phi of the header and something from outside.</summary>
        private bool TrySplit(
            IrInstruction index,
            [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IrInstruction? variable,
            out IrInstruction? offset)
        {
            offset = null;
            variable = index;
            if (index.Op == IrOp.Add)
            {
                IrInstruction a = index.Operands[0].Resolve();
                IrInstruction b = index.Operands[1].Resolve();
                (variable, offset) = IsInvariant(a) ? (b, a) : (a, b);
                if (!IsInvariant(offset))
                    return false;
            }

            return variable.Op == IrOp.Phi && variable.Block == header;
        }

        /// <summary>By what a variable of the header grows in every iteration, if that comes from outside.</summary>
        private IrInstruction? StepOf(IrInstruction variable)
        {
            IrInstruction next = variable.Operands[1 - entry].Resolve();
            if (next.Op != IrOp.Add)
                return null;
            IrInstruction a = next.Operands[0].Resolve();
            IrInstruction b = next.Operands[1].Resolve();
            if (a == variable && IsInvariant(b))
                return b;
            return b == variable && IsInvariant(a) ? a : null;
        }

        private void Replace(
            IrInstruction sum, IrInstruction start, IrInstruction size, IrInstruction variable, IrInstruction? offset,
            IrInstruction step)
        {
            _builder.Block = header.Predecessors[entry];
            _builder.Location = sum.Location;
            IrInstruction first = variable.Operands[entry].Resolve();
            if (offset is not null)
                first = _builder.Binary(IrOp.Add, first, offset);
            IrInstruction scaled = _builder.Make(IrOp.MultiplyWide, IrType.I64, [first, size]);
            IrInstruction initial = _builder.Binary(IrOp.Add, start, scaled);
            IrInstruction stride = _builder.Make(IrOp.MultiplyWide, IrType.I64, [step, size]);

            IrInstruction phi = new(IrOp.Phi, IrType.I64) { Block = header, Location = sum.Location };
            IrBlock back = header.Predecessors[1 - entry];
            IrInstruction next = new(IrOp.Add, IrType.I64, phi, stride) { Block = back, Location = variable.Operands[1 - entry].Location };
            back.Instructions.Add(next);
            phi.Operands = entry == 0 ? [initial, next] : [next, initial];
            header.Phis.Add(phi);
            sum.Replacement = phi;
            sum.Block!.Instructions.Remove(sum);
        }
    }
}
