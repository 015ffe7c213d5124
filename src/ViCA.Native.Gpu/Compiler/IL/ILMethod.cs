using System.Reflection;
using System.Reflection.Emit;

namespace ViCA.Native.Gpu.Compiler.IL;

/// <summary>A method body as a control-flow graph with its loops.</summary>
internal sealed class ILMethod
{
    private ILMethod(MethodBase method, MethodBody body)
    {
        Method = method;
        Body = body;
        Build(ILReader.Read(body.GetILAsByteArray()));
        Order();
        FindDominators();
        FindLoops();
    }

    public MethodBase Method { get; }

    public MethodBody Body { get; }

    /// <summary>Reachable blocks in reverse postorder.</summary>
    public List<ILBlock> Blocks { get; private set; } = [];

    /// <summary>
    /// Where control enters a loop a second way (a goto into it), which no C# loop statement makes; null in most methods.
    /// </summary>
    public int? SecondLoopEntry { get; private set; }

    private readonly Dictionary<int, ILBlock> _blockAt = [];

    /// <summary>The body of <paramref name="method"/>, or null where it has none.</summary>
    public static ILMethod? TryRead(MethodBase method) =>
        method.GetMethodBody() is { } body ? new ILMethod(method, body) : null;

    /// <summary>The variable that an instruction stores to (locals from 0, arguments as −1 − index), or null.</summary>
    public static int? AssignedVariable(ILInstruction instruction) => instruction.Code.Value switch
    {
        0x0A or 0x0B or 0x0C or 0x0D => instruction.Code.Value - 0x0A,
        0x13 or unchecked((short)0xFE0E) => (int)instruction.Operand,
        0x10 or unchecked((short)0xFE0B) => -1 - (int)instruction.Operand,
        _ => null,
    };

    private static bool EndsBlock(OpCode code) => code.FlowControl is
        FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;

    private void Build(List<ILInstruction> instructions)
    {
        SortedSet<int> leaders = [0];
        foreach (ILInstruction instruction in instructions)
        {
            if (instruction.Code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget)
                leaders.Add((int)instruction.Operand);
            foreach (int target in instruction.Targets)
                leaders.Add(target);
            if (EndsBlock(instruction.Code))
                leaders.Add(instruction.End);
        }

        ILBlock? block = null;
        foreach (ILInstruction instruction in instructions)
        {
            if (leaders.Contains(instruction.Offset))
            {
                block = new ILBlock(instruction.Offset);
                _blockAt.Add(instruction.Offset, block);
            }

            block!.Instructions.Add(instruction);
        }

        foreach (ILBlock current in _blockAt.Values)
        {
            ILInstruction last = current.Instructions[^1];
            if (last.Code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget)
                Connect(current, (int)last.Operand);
            foreach (int target in last.Targets)
                Connect(current, target);
            if (last.Code.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
                Connect(current, last.End);
        }
    }

    private void Connect(ILBlock from, int target)
    {
        ILBlock to = _blockAt[target];
        from.Successors.Add(to);
        if (!to.Predecessors.Contains(from))
            to.Predecessors.Add(from);
    }

    private void Order()
    {
        List<ILBlock> postorder = [];
        HashSet<ILBlock> seen = [];
        Stack<(ILBlock Block, int Next)> stack = new();
        ILBlock entry = _blockAt[0];
        seen.Add(entry);
        stack.Push((entry, 0));
        while (stack.TryPop(out (ILBlock Block, int Next) item))
        {
            if (item.Next == item.Block.Successors.Count)
            {
                postorder.Add(item.Block);
                continue;
            }

            stack.Push((item.Block, item.Next + 1));
            ILBlock successor = item.Block.Successors[item.Next];
            if (seen.Add(successor))
                stack.Push((successor, 0));
        }

        postorder.Reverse();
        Blocks = postorder;
        for (int i = 0; i < Blocks.Count; i++)
            Blocks[i].Order = i;
    }

    /// <summary>Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm.</summary>
    private void FindDominators()
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (ILBlock block in Blocks.Skip(1))
            {
                ILBlock? dominator = null;
                foreach (ILBlock predecessor in block.Predecessors)
                {
                    if (predecessor.Order < 0 || predecessor.ImmediateDominator is null && predecessor.Order != 0)
                        continue;
                    dominator = dominator is null ? predecessor : Intersect(dominator, predecessor);
                }

                if (dominator != block.ImmediateDominator)
                {
                    block.ImmediateDominator = dominator;
                    changed = true;
                }
            }
        }
    }

    private static ILBlock Intersect(ILBlock a, ILBlock b)
    {
        while (a != b)
        {
            if (a.Order > b.Order)
                a = a.ImmediateDominator!;
            else
                b = b.ImmediateDominator!;
        }

        return a;
    }

    private void FindLoops()
    {
        Dictionary<ILBlock, ILLoop> loops = [];
        foreach (ILBlock block in Blocks)
        {
            foreach (ILBlock header in block.Successors)
            {
                if (header.Order > block.Order)
                    continue;
                if (!block.IsDominatedBy(header))
                {
                    SecondLoopEntry ??= header.Offset;
                    continue;
                }

                if (!loops.TryGetValue(header, out ILLoop? loop))
                    loops.Add(header, loop = new ILLoop(header));
                Collect(loop, block);
            }
        }

        // Larger loops first, so that the innermost one is written last.
        foreach (ILLoop loop in loops.Values.OrderByDescending(loop => loop.Blocks.Count))
        {
            loop.Parent = loop.Header.Loop;
            foreach (ILBlock block in loop.Blocks)
            {
                block.Loop = loop;
                foreach (ILInstruction instruction in block.Instructions)
                {
                    if (AssignedVariable(instruction) is { } variable)
                        loop.Assigned.Add(variable);
                }
            }
        }
    }

    private static void Collect(ILLoop loop, ILBlock tail)
    {
        Stack<ILBlock> stack = new([tail]);
        while (stack.TryPop(out ILBlock? block))
        {
            if (!loop.Blocks.Add(block))
                continue;
            foreach (ILBlock predecessor in block.Predecessors)
            {
                if (predecessor.Order >= 0)
                    stack.Push(predecessor);
            }
        }
    }
}
