using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Ptx;

/// <summary>
/// Out of SSA: which values share one PTX register. A phi and its operands do, where they are never live together, so
/// that a loop variable is updated in place; elsewhere a copy remains. Values are live together when one is live where
/// the other, which its definition dominates, is defined (Budimlić et al., Fast Copy Coalescing and Live-Range
/// Identification).
/// </summary>
internal sealed class RegisterClasses
{
    private const int MaxMembers = 64;

    private readonly IrGraph _graph;
    private readonly Dictionary<IrInstruction, int> _positions = [];
    private readonly Dictionary<IrInstruction, List<(IrBlock Block, int Position)>> _uses = [];
    private readonly Dictionary<IrInstruction, HashSet<IrBlock>> _liveOut = [];
    private readonly Dictionary<IrInstruction, List<IrInstruction>> _classes = [];

    public RegisterClasses(IrFunction function)
    {
        _graph = new IrGraph(function);
        foreach (IrBlock block in function.Blocks)
            Index(block);
        foreach (IrBlock block in function.Blocks)
        {
            foreach (IrInstruction phi in block.Phis)
            {
                foreach (IrInstruction operand in phi.Operands)
                    TryJoin(phi, operand.Resolve());
            }
        }
    }

    /// <summary>The value by whose name the register of <paramref name="value"/> goes.</summary>
    public IrInstruction Representative(IrInstruction value) =>
        _classes.TryGetValue(value, out List<IrInstruction>? members) ? members[0] : value;

    private void Index(IrBlock block)
    {
        foreach (IrInstruction phi in block.Phis)
        {
            _positions[phi] = -1;
            for (int i = 0; i < phi.Operands.Length; i++)
                Use(phi.Operands[i], block.Predecessors[i], int.MaxValue);
        }

        for (int i = 0; i < block.Instructions.Count; i++)
        {
            _positions[block.Instructions[i]] = i;
            foreach (IrInstruction operand in block.Instructions[i].Operands)
                Use(operand, block, i);
        }

        if (block.Condition is { } condition)
            Use(condition, block, int.MaxValue);
    }

    private void Use(IrInstruction value, IrBlock block, int position)
    {
        value = value.Resolve();
        if (value.IsConstant)
            return;
        if (!_uses.TryGetValue(value, out List<(IrBlock Block, int Position)>? uses))
            _uses.Add(value, uses = []);
        uses.Add((block, position));
    }

    private void TryJoin(IrInstruction phi, IrInstruction operand)
    {
        if (operand.IsConstant || operand.Op == IrOp.Extract || operand.Type != phi.Type)
            return;
        List<IrInstruction> a = MembersOf(phi);
        List<IrInstruction> b = MembersOf(operand);
        if (a == b || a.Count + b.Count > MaxMembers)
            return;
        foreach (IrInstruction x in a)
        {
            foreach (IrInstruction y in b)
            {
                if (Interfere(x, y))
                    return;
            }
        }

        a.AddRange(b);
        foreach (IrInstruction member in b)
            _classes[member] = a;
        _classes[phi] = a;
    }

    private List<IrInstruction> MembersOf(IrInstruction value)
    {
        if (!_classes.TryGetValue(value, out List<IrInstruction>? members))
            _classes.Add(value, members = [value]);
        return members;
    }

    private bool Interfere(IrInstruction x, IrInstruction y)
    {
        if (x == y)
            return false;
        if (x.Block == y.Block)
        {
            // Phis of one block are defined at once.
            if (_positions[x] == _positions[y])
                return true;
            return _positions[x] < _positions[y] ? IsLiveAt(x, y) : IsLiveAt(y, x);
        }

        if (_graph.Dominates(x.Block!, y.Block!))
            return IsLiveAt(x, y);
        return _graph.Dominates(y.Block!, x.Block!) && IsLiveAt(y, x);
    }

    /// <summary>Whether x is still needed after the definition of y, which x's dominates.</summary>
    private bool IsLiveAt(IrInstruction x, IrInstruction y)
    {
        if (!_uses.TryGetValue(x, out List<(IrBlock Block, int Position)>? uses))
            return false;
        if (LiveOut(x).Contains(y.Block!))
            return true;
        foreach ((IrBlock block, int position) in uses)
        {
            if (block == y.Block && position > _positions[y])
                return true;
        }

        return false;
    }

    private HashSet<IrBlock> LiveOut(IrInstruction x)
    {
        if (_liveOut.TryGetValue(x, out HashSet<IrBlock>? blocks))
            return blocks;
        blocks = [];
        _liveOut.Add(x, blocks);
        Stack<IrBlock> liveIn = new();
        foreach ((IrBlock block, int _) in _uses[x])
        {
            if (block != x.Block)
                liveIn.Push(block);
        }

        HashSet<IrBlock> seen = [];
        while (liveIn.TryPop(out IrBlock? block))
        {
            if (!seen.Add(block))
                continue;
            foreach (IrBlock predecessor in block.Predecessors)
            {
                blocks.Add(predecessor);
                if (predecessor != x.Block)
                    liveIn.Push(predecessor);
            }
        }

        return blocks;
    }
}
