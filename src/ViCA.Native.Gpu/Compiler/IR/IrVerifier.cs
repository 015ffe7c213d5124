namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>
/// What makes IR well formed, written down: every pass may assume it of its input and owes it of its output. The tests
/// ask after the import and after each pass. The types of each operation are in <see cref="IrSignature"/>.
/// <list type="bullet">
/// <item>Every block that the entry reaches is in the list of blocks, once; the entry has no predecessors.</item>
/// <item>A block ends by a Return, a Jump to one block or a Branch to two, which alone has a condition (a Predicate).</item>
/// <item>A block is among the predecessors of another as often as that one is among its successors.</item>
/// <item>A phi has one operand of its own type per predecessor, in the order of the predecessors.</item>
/// <item>An instruction lies in the block that it names, once, and its definition dominates its uses; a phi uses its
/// operands at the ends of the predecessors.</item>
/// <item>Constants belong to the function, not to a block, and have no bits beyond their type.</item>
/// <item>An Extract lies in the block of its LoadVector.</item>
/// </list>
/// Blocks that nothing reaches are allowed, and not looked at, until the first pass has removed them.
/// </summary>
internal sealed class IrVerifier
{
    private readonly IrFunction _function;
    private readonly IrGraph _graph;
    private readonly List<string> _problems = [];
    private readonly Dictionary<IrInstruction, (IrBlock Block, int Place)> _places = [];

    private IrVerifier(IrFunction function)
    {
        _function = function;
        function.Number();
        CheckEnds();
        _graph = _problems.Count == 0 ? new IrGraph(function) : null!;
    }

    /// <summary>What is wrong with a function; empty when it is well formed.</summary>
    public static IReadOnlyList<string> Verify(IrFunction function)
    {
        IrVerifier verifier = new(function);
        if (verifier._problems.Count == 0)
            verifier.Check();
        return verifier._problems;
    }

    private void Report(IrBlock block, string problem) => _problems.Add($"{block}: {problem}");

    /// <summary>The ends of blocks, which the order of the blocks needs.</summary>
    private void CheckEnds()
    {
        HashSet<IrBlock> listed = [.. _function.Blocks];
        if (listed.Count != _function.Blocks.Count)
            Report(_function.Entry, "a block is listed twice");
        HashSet<IrBlock> seen = [_function.Entry];
        Stack<IrBlock> pending = new(seen);
        while (pending.TryPop(out IrBlock? block))
        {
            int expected = block.Terminator switch
            {
                IrTerminatorKind.Return => 0,
                IrTerminatorKind.Jump => 1,
                IrTerminatorKind.Branch => 2,
                _ => -1,
            };
            if (block.Successors.Length != expected || block.Successors.Any(successor => successor is null))
            {
                Report(block, $"{block.Terminator} with {block.Successors.Length} successors");
                continue;
            }

            if (block.Condition is not null != (block.Terminator == IrTerminatorKind.Branch))
                Report(block, $"{block.Terminator} {(block.Condition is null ? "without" : "with")} a condition");
            foreach (IrBlock successor in block.Successors)
            {
                if (!listed.Contains(successor))
                    Report(block, $"goes to {successor}, which is not listed");
                else if (seen.Add(successor))
                    pending.Push(successor);
            }
        }
    }

    private void Check()
    {
        if (_function.Entry.Predecessors.Any(_graph.IsReachable))
            Report(_function.Entry, "the entry has predecessors");
        foreach (IrBlock block in _graph.Blocks)
        {
            CheckEdges(block);
            Place(block);
        }

        foreach (IrBlock block in _graph.Blocks)
        {
            foreach (IrInstruction phi in block.Phis)
                CheckPhi(block, phi);
            for (int i = 0; i < block.Instructions.Count; i++)
                CheckInstruction(block, block.Instructions[i], i);
            if (block.Condition?.Resolve() is not { } condition)
                continue;
            if (condition.Type != IrType.Predicate)
                Report(block, $"branches on {condition.Name}, a {condition.Type}");
            CheckUse(block, int.MaxValue, condition, "the branch");
        }
    }

    private void CheckEdges(IrBlock block)
    {
        foreach (IrBlock successor in block.Successors)
        {
            int forward = block.Successors.Count(other => other == successor);
            int back = successor.Predecessors.Count(other => other == block);
            if (forward != back)
                Report(block, $"has {successor} {forward}× as successor, but is {back}× its predecessor");
        }

        foreach (IrBlock predecessor in block.Predecessors)
        {
            if (!predecessor.Successors.Contains(block))
                Report(block, $"has the predecessor {predecessor}, which does not lead to it");
        }
    }

    private void Place(IrBlock block)
    {
        for (int i = 0; i < block.Phis.Count; i++)
            Place(block, block.Phis[i], -1);
        for (int i = 0; i < block.Instructions.Count; i++)
            Place(block, block.Instructions[i], i);
    }

    private void Place(IrBlock block, IrInstruction instruction, int place)
    {
        if (instruction.Block != block)
            Report(block, $"holds {instruction}, which names {instruction.Block?.ToString() ?? "no block"}");
        if ((instruction.Op == IrOp.Phi) != (place < 0))
            Report(block, $"{instruction} lies among the {(place < 0 ? "phis" : "instructions")}");
        if (!_places.TryAdd(instruction, (block, place)))
            Report(block, $"holds {instruction} a second time");
    }

    private void CheckPhi(IrBlock block, IrInstruction phi)
    {
        if (phi.Operands.Length != block.Predecessors.Count)
        {
            Report(block, $"{phi.Name} has {phi.Operands.Length} operands for {block.Predecessors.Count} predecessors");
            return;
        }

        for (int i = 0; i < phi.Operands.Length; i++)
        {
            IrInstruction operand = phi.Operands[i].Resolve();
            if (operand.Type != phi.Type)
                Report(block, $"{phi.Name}, a {phi.Type}, takes {operand.Name}, a {operand.Type}");
            if (_graph.IsReachable(block.Predecessors[i]))
                CheckUse(block.Predecessors[i], int.MaxValue, operand, phi.Name);
        }
    }

    private void CheckInstruction(IrBlock block, IrInstruction instruction, int place)
    {
        foreach (IrInstruction operand in instruction.Operands)
            CheckUse(block, place, operand.Resolve(), instruction.ToString());
        if (IrSignature.Check(instruction) is { } problem)
            Report(block, $"{instruction}: {problem}");
        if (instruction.Op == IrOp.Extract && instruction.Operands[0].Resolve().Block != block)
            Report(block, $"{instruction}: the LoadVector lies in another block");
    }

    private void CheckUse(IrBlock block, int place, IrInstruction operand, string user)
    {
        if (operand.IsConstant)
        {
            if (operand.Block is not null || _function.Constant(operand.Type, operand.Bits) != operand)
                Report(block, $"{user}: the constant {operand.Name} is not one of the function");
            if (operand.Type == IrType.Predicate && operand.Bits > 1)
                Report(block, $"{user}: {operand.Bits} as a Predicate");
            return;
        }

        if (operand.Type == IrType.Void)
            Report(block, $"{user}: uses {operand}, which has no result");
        if (!_places.TryGetValue(operand, out (IrBlock Block, int Place) definition))
            Report(block, $"{user}: uses {operand}, which is in no block");
        else if (definition.Block == block ? definition.Place >= place : !_graph.Dominates(definition.Block, block))
            Report(block, $"{user}: uses {operand} of {definition.Block} before it is computed");
    }
}
