namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>Order, dominators and loops of a function's blocks as they are at one moment.</summary>
internal sealed class IrGraph
{
    private readonly Dictionary<IrBlock, int> _order = [];
    private readonly Dictionary<IrBlock, IrBlock?> _dominators = [];
    private readonly Dictionary<IrBlock, IrBlock> _headers = [];

    public IrGraph(IrFunction function)
    {
        Blocks = Order(function.Entry);
        for (int i = 0; i < Blocks.Count; i++)
            _order.Add(Blocks[i], i);
        FindDominators();
        FindLoops();
    }

    /// <summary>Reachable blocks in reverse postorder.</summary>
    public List<IrBlock> Blocks { get; }

    /// <summary>The blocks of each loop by its header, outer loops first.</summary>
    public Dictionary<IrBlock, HashSet<IrBlock>> Loops { get; } = [];

    public bool IsReachable(IrBlock block) => _order.ContainsKey(block);

    public IrBlock? ImmediateDominator(IrBlock block) => _dominators[block];

    public bool Dominates(IrBlock dominator, IrBlock block)
    {
        IrBlock? current = block;
        while (current is not null && _order[current] > _order[dominator])
            current = _dominators[current];
        return current == dominator;
    }

    /// <summary>The header of the innermost loop around a block, or null.</summary>
    public IrBlock? LoopHeader(IrBlock block) => _headers.GetValueOrDefault(block);

    private static List<IrBlock> Order(IrBlock entry)
    {
        List<IrBlock> postorder = [];
        HashSet<IrBlock> seen = [entry];
        Stack<(IrBlock Block, int Next)> stack = new();
        stack.Push((entry, 0));
        while (stack.TryPop(out (IrBlock Block, int Next) item))
        {
            // The last successor first, so that the first one follows its block in the order.
            int next = item.Block.Successors.Length - 1 - item.Next;
            if (next < 0)
            {
                postorder.Add(item.Block);
                continue;
            }

            stack.Push((item.Block, item.Next + 1));
            if (seen.Add(item.Block.Successors[next]))
                stack.Push((item.Block.Successors[next], 0));
        }

        postorder.Reverse();
        return postorder;
    }

    private void FindDominators()
    {
        foreach (IrBlock block in Blocks)
            _dominators[block] = null;
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (IrBlock block in Blocks.Skip(1))
            {
                IrBlock? dominator = null;
                foreach (IrBlock predecessor in block.Predecessors)
                {
                    if (!_order.ContainsKey(predecessor)
                        || _dominators[predecessor] is null && predecessor != Blocks[0])
                    {
                        continue;
                    }

                    dominator = dominator is null ? predecessor : Intersect(dominator, predecessor);
                }

                if (dominator != _dominators[block])
                {
                    _dominators[block] = dominator;
                    changed = true;
                }
            }
        }
    }

    private IrBlock Intersect(IrBlock a, IrBlock b)
    {
        while (a != b)
        {
            if (_order[a] > _order[b])
                a = _dominators[a]!;
            else
                b = _dominators[b]!;
        }

        return a;
    }

    private void FindLoops()
    {
        foreach (IrBlock block in Blocks)
        {
            foreach (IrBlock header in block.Successors)
            {
                if (_order[header] > _order[block] || !Dominates(header, block))
                    continue;
                if (!Loops.TryGetValue(header, out HashSet<IrBlock>? blocks))
                    Loops.Add(header, blocks = [header]);
                Stack<IrBlock> stack = new([block]);
                while (stack.TryPop(out IrBlock? member))
                {
                    if (!blocks.Add(member))
                        continue;
                    foreach (IrBlock predecessor in member.Predecessors.Where(IsReachable))
                        stack.Push(predecessor);
                }
            }
        }

        foreach ((IrBlock header, HashSet<IrBlock> blocks) in Loops.OrderByDescending(loop => loop.Value.Count))
        {
            foreach (IrBlock block in blocks)
                _headers[block] = header;
        }
    }
}
