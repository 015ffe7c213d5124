using ViCA.Native.Gpu.Compiler.IL;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>
/// Values of variables at the end of blocks, with phis made where they are needed while blocks are still being added
/// (Braun et al., Simple and Efficient Construction of Static Single Assignment Form).
/// </summary>
internal sealed class SsaVariables(IrFunction function)
{
    private readonly Dictionary<IrBlock, State> _states = [];

    private sealed class State
    {
        public Dictionary<Cell, IrInstruction> Values { get; } = [];

        public Dictionary<Slot, StackValue> References { get; } = [];

        /// <summary>Phis of a loop header whose back edges are not known yet; null when the block is sealed.</summary>
        public List<(Cell Cell, IrInstruction Phi)>? Incomplete { get; set; }

        public Frame? Frame { get; set; }

        public ILLoop? Loop { get; set; }
    }

    /// <summary>Begins the header of a loop that stays a loop.</summary>
    public void BeginLoop(IrBlock header, Frame frame, ILLoop loop)
    {
        State state = StateOf(header);
        state.Incomplete = [];
        state.Frame = frame;
        state.Loop = loop;
    }

    /// <summary>Says that all predecessors of a loop header are known.</summary>
    public void Seal(IrBlock header)
    {
        State state = StateOf(header);
        List<(Cell Cell, IrInstruction Phi)> incomplete = state.Incomplete!;
        state.Incomplete = null;
        foreach ((Cell cell, IrInstruction phi) in incomplete)
            Complete(cell, phi, header);
    }

    public void Write(Cell cell, IrBlock block, IrInstruction value) => StateOf(block).Values[cell] = value;

    public void WriteReference(Slot slot, IrBlock block, StackValue value) => StateOf(block).References[slot] = value;

    public IrInstruction Read(Cell cell, IrBlock block)
    {
        // Long chains of blocks come from unrolled loops; only joins recurse.
        List<State> passed = [];
        IrInstruction value;
        while (true)
        {
            State state = StateOf(block);
            if (state.Values.TryGetValue(cell, out IrInstruction? known))
            {
                value = known.Resolve();
                break;
            }

            passed.Add(state);
            if (state.Incomplete is { } incomplete && CanChange(cell.Slot, state))
            {
                IrInstruction phi = NewPhi(cell, block);
                incomplete.Add((cell, phi));
                value = phi;
                break;
            }

            if (block.Predecessors.Count == 0)
            {
                value = function.Constant(cell.Type, 0);
                break;
            }

            if (block.Predecessors.Count > 1 && state.Incomplete is null)
            {
                IrInstruction phi = NewPhi(cell, block);
                state.Values[cell] = phi;
                value = Complete(cell, phi, block);
                break;
            }

            block = block.Predecessors[0];
        }

        foreach (State state in passed)
            state.Values[cell] = value;
        return value;
    }

    /// <summary>The reference that a variable holds, or null where different ones arrive.</summary>
    public StackValue? ReadReference(Slot slot, IrBlock block)
    {
        HashSet<IrBlock> seen = [];
        Stack<IrBlock> pending = new([block]);
        StackValue? found = null;
        while (pending.TryPop(out IrBlock? current))
        {
            if (!seen.Add(current))
                continue;
            if (StateOf(current).References.TryGetValue(slot, out StackValue? value))
            {
                if (found is not null && !Same(found, value))
                    return null;
                found = value;
                continue;
            }

            foreach (IrBlock predecessor in current.Predecessors)
                pending.Push(predecessor);
        }

        // A loop that stays a loop may still change the variable on a path that is not imported yet.
        foreach (IrBlock current in seen)
        {
            State state = StateOf(current);
            if (state.Incomplete is not null && !state.References.ContainsKey(slot) && CanChange(slot, state))
                return null;
        }

        return found;
    }

    private static bool Same(StackValue a, StackValue b) => (a, b) switch
    {
        (MemoryReference x, MemoryReference y) =>
            x.Space == y.Space && x.Address.Resolve() == y.Address.Resolve() && x.Offset == y.Offset,
        _ => a == b,
    };

    private static bool CanChange(Slot slot, State header)
    {
        if (slot.IsAddressTaken)
            return true;
        return slot.Frame == header.Frame && header.Loop!.Assigned.Contains(slot.Index);
    }

    private IrInstruction Complete(Cell cell, IrInstruction phi, IrBlock block)
    {
        IrInstruction[] operands = new IrInstruction[block.Predecessors.Count];
        for (int i = 0; i < operands.Length; i++)
            operands[i] = Read(cell, block.Predecessors[i]);
        phi.Operands = operands;
        IrInstruction? same = null;
        foreach (IrInstruction operand in operands)
        {
            IrInstruction value = operand.Resolve();
            if (value == same || value == phi)
                continue;
            if (same is not null)
                return phi;
            same = value;
        }

        same ??= function.Constant(phi.Type, 0);
        phi.Replacement = same;
        block.Phis.Remove(phi);
        return same;
    }

    private static IrInstruction NewPhi(Cell cell, IrBlock block)
    {
        IrInstruction phi = new(IrOp.Phi, cell.Type) { Block = block };
        block.Phis.Add(phi);
        return phi;
    }

    private State StateOf(IrBlock block)
    {
        if (!_states.TryGetValue(block, out State? state))
            _states.Add(block, state = new State());
        return state;
    }
}
