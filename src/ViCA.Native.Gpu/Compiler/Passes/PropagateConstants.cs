using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Passes;

/// <summary>
/// Sparse conditional constant propagation (Wegman and Zadeck): a phi is constant when the operands that can arrive are,
/// found together with the branches that they decide. It sees through kept loops, where the importer could not.
/// </summary>
internal static class PropagateConstants
{
    public static void Run(IrFunction function)
    {
        Propagation propagation = new(function);
        propagation.Solve();
        propagation.Apply();
        CleanControlFlow.Run(function);
    }

    private sealed class Propagation(IrFunction function)
    {
        private readonly Dictionary<IrInstruction, IrInstruction?> _values = [];
        private readonly Dictionary<IrInstruction, List<IrInstruction>> _users = [];
        private readonly ILookup<IrInstruction?, IrBlock> _branches = function.Blocks.ToLookup(block => block.Condition);
        private readonly HashSet<(IrBlock From, IrBlock To)> _edges = [];
        private readonly HashSet<IrBlock> _reached = [];
        private readonly Stack<(IrBlock From, IrBlock To)> _newEdges = new();
        private readonly Stack<IrInstruction> _changed = new();

        public void Solve()
        {
            foreach (IrInstruction user in function.Blocks.SelectMany(block => block.Phis.Concat(block.Instructions)))
            {
                foreach (IrInstruction operand in user.Operands)
                {
                    if (!_users.TryGetValue(operand, out List<IrInstruction>? users))
                        _users.Add(operand, users = []);
                    users.Add(user);
                }
            }

            Reach(function.Entry);
            while (_newEdges.Count > 0 || _changed.Count > 0)
            {
                if (_changed.TryPop(out IrInstruction? value))
                {
                    Revisit(value);
                    continue;
                }

                (IrBlock from, IrBlock to) = _newEdges.Pop();
                if (!_edges.Add((from, to)))
                    continue;
                if (_reached.Contains(to))
                    to.Phis.ForEach(Visit);
                else
                    Reach(to);
            }
        }

        public void Apply()
        {
            foreach (IrBlock block in function.Blocks)
            {
                block.Phis.RemoveAll(Replace);
                block.Instructions.RemoveAll(instruction => instruction.IsPure && Replace(instruction));
            }
        }

        private bool Replace(IrInstruction instruction)
        {
            if (!_values.TryGetValue(instruction, out IrInstruction? value) || value is null)
                return false;
            instruction.Replacement = value;
            return true;
        }

        private void Reach(IrBlock block)
        {
            _reached.Add(block);
            block.Phis.ForEach(Visit);
            block.Instructions.ForEach(Visit);
            Leave(block);
        }

        private void Leave(IrBlock block)
        {
            if (block.Terminator == IrTerminatorKind.Branch && Known(block.Condition!, out IrInstruction? condition))
            {
                if (condition is not null)
                    _newEdges.Push((block, block.Successors[condition.Bits != 0 ? 0 : 1]));
                return;
            }

            foreach (IrBlock successor in block.Successors)
                _newEdges.Push((block, successor));
        }

        private void Revisit(IrInstruction value)
        {
            foreach (IrInstruction user in _users.GetValueOrDefault(value) ?? [])
            {
                if (_reached.Contains(user.Block!))
                    Visit(user);
            }

            foreach (IrBlock block in _branches[value].Where(_reached.Contains))
                Leave(block);
        }

        /// <summary>Whether the value is not (yet) variable; null while nothing is known of it.</summary>
        private bool Known(IrInstruction value, out IrInstruction? constant)
        {
            constant = value.IsConstant ? value : null;
            return value.IsConstant || !_values.TryGetValue(value, out IrInstruction? found) || (constant = found) is not null;
        }

        private void Visit(IrInstruction instruction)
        {
            // null in the table: variable. Absent: not known yet.
            if (_values.TryGetValue(instruction, out IrInstruction? before) && before is null)
                return;
            (bool known, IrInstruction? value) = instruction.Op == IrOp.Phi ? Meet(instruction) : Evaluate(instruction);
            if (known && value is null || known && value == before)
                return;
            _values[instruction] = known ? value : null;
            _changed.Push(instruction);
        }

        private (bool Known, IrInstruction? Value) Meet(IrInstruction phi)
        {
            IrInstruction? same = null;
            for (int i = 0; i < phi.Operands.Length; i++)
            {
                if (!_edges.Contains((phi.Block!.Predecessors[i], phi.Block)))
                    continue;
                if (!Known(phi.Operands[i], out IrInstruction? constant))
                    return (false, null);
                if (constant is null || constant == same)
                    continue;
                if (same is not null)
                    return (false, null);
                same = constant;
            }

            return (true, same);
        }

        private (bool Known, IrInstruction? Value) Evaluate(IrInstruction instruction)
        {
            if (!instruction.IsPure || instruction.Operands.Length == 0 || instruction.Op is IrOp.Load or IrOp.Intrinsic)
                return (false, null);
            Span<ulong> bits = stackalloc ulong[instruction.Operands.Length];
            for (int i = 0; i < bits.Length; i++)
            {
                if (!Known(instruction.Operands[i], out IrInstruction? constant))
                    return (false, null);
                if (constant is null)
                    return (true, null);
                bits[i] = constant.Bits;
            }

            return IrArithmetic.Evaluate(
                instruction.Op, instruction.Type, instruction.Operands[0].Type, instruction.Condition, bits) is { } result
                ? (true, function.Constant(instruction.Type, result))
                : (false, null);
        }
    }
}
