using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>
/// Puts a function's blocks into a weak topological order: each loop is contiguous and every jump but those back to the
/// head of an enclosing loop goes forward. Lanes that are behind then always run first, and meet the others at the
/// earliest place where they can (Bourdoncle, "Efficient chaotic iteration strategies with widenings", 1993; the
/// priorities of Diamos et al., "SIMD re-convergence at thread frontiers", 2011).
/// </summary>
internal sealed class BlockOrder
{
    private const int StackBytes = 256 << 20;
    private const int DeepBlocks = 500;

    private readonly IReadOnlyList<PtxInstruction> _body;
    private readonly Instruction[][] _decoded;
    private readonly List<int> _starts = [];
    private readonly int[] _blockOf;
    private readonly int[][] _successors;
    private readonly int[] _numbers;
    private readonly Stack<int> _stack = new();
    private int _count;

    public BlockOrder(IReadOnlyList<PtxInstruction> body, Instruction[][] decoded)
    {
        _body = body;
        _decoded = decoded;
        _blockOf = new int[decoded.Length];
        FindBlocks();
        _successors = [.. Enumerable.Range(0, _starts.Count).Select(Successors)];
        _numbers = new int[_starts.Count];
    }

    /// <summary>All instructions in the new order, jumps added where it broke a fall-through, targets resolved.</summary>
    public Instruction[] Arrange()
    {
        List<int> order = [];
        if (_starts.Count < DeepBlocks)
            Visit(0, order);
        else
            VisitOnLargeStack(order);
        order.Reverse();
        return Emit(order);
    }

    private void VisitOnLargeStack(List<int> order)
    {
        Thread thread = new(() => Visit(0, order), StackBytes);
        thread.Start();
        thread.Join();
    }

    private void FindBlocks()
    {
        HashSet<int> leaders = [0, _decoded.Length - 1];
        for (int i = 0; i < _body.Count; i++)
        {
            int[]? targets = Targets(i);
            if (targets is null && !Ends(i))
                continue;
            leaders.Add(i + 1);
            leaders.UnionWith(targets ?? []);
        }
        _starts.AddRange(leaders.Where(leader => leader < _decoded.Length).Order());
        for (int block = 0; block < _starts.Count; block++)
        {
            for (int i = _starts[block]; i < EndOf(block); i++)
                _blockOf[i] = block;
        }
    }

    private int EndOf(int block) => block + 1 < _starts.Count ? _starts[block + 1] : _decoded.Length;

    /// <summary>Indices in the body that a branch may go to, or null for other instructions.</summary>
    private int[]? Targets(int index)
    {
        if (index >= _body.Count)
            return null;
        return _decoded[index][^1] switch
        {
            BranchInstruction branch => [branch.Target],
            IndexedBranchInstruction branch => branch.Targets,
            _ => null,
        };
    }

    private bool Ends(int index) => _decoded[index][^1] is ReturnInstruction or TrapInstruction;

    private bool FallsThrough(int index)
    {
        Instruction last = _decoded[index][^1];
        return last.Guard >= 0 || last is not (BranchInstruction or IndexedBranchInstruction or ReturnInstruction);
    }

    private int[] Successors(int block)
    {
        int last = EndOf(block) - 1;
        List<int> successors = [.. (Targets(last) ?? []).Select(target => _blockOf[target])];
        if (FallsThrough(last) && last + 1 < _decoded.Length)
            successors.Add(_blockOf[last + 1]);
        return [.. successors.Distinct()];
    }

    private int Visit(int block, List<int> reversed)
    {
        _stack.Push(block);
        int own = ++_count;
        _numbers[block] = own;
        int head = own;
        bool isLoop = false;
        foreach (int next in _successors[block])
        {
            int number = _numbers[next] == 0 ? Visit(next, reversed) : _numbers[next];
            if (number > head)
                continue;
            head = number;
            isLoop = true;
        }
        if (head != own)
            return head;
        _numbers[block] = int.MaxValue;
        int member = _stack.Pop();
        if (isLoop)
        {
            for (; member != block; member = _stack.Pop())
                _numbers[member] = 0;
            foreach (int next in _successors[block])
            {
                if (_numbers[next] == 0)
                    Visit(next, reversed);
            }
        }
        reversed.Add(block);
        return head;
    }

    private Instruction[] Emit(List<int> order)
    {
        List<Instruction> code = [];
        int[] positions = new int[_starts.Count];
        List<BranchInstruction> jumps = [];
        for (int i = 0; i < order.Count; i++)
        {
            int block = order[i];
            positions[block] = code.Count;
            int end = EndOf(block);
            for (int index = _starts[block]; index < end; index++)
                code.AddRange(_decoded[index]);
            bool next = i + 1 < order.Count && _starts[order[i + 1]] == end;
            if (!FallsThrough(end - 1) || next || end >= _decoded.Length)
                continue;
            BranchInstruction jump = new() { Target = end };
            jumps.Add(jump);
            code.Add(jump);
        }
        foreach (Instruction instruction in code)
        {
            if (instruction is BranchInstruction branch)
                branch.Target = positions[_blockOf[branch.Target]];
            else if (instruction is IndexedBranchInstruction table)
                table.Targets = [.. table.Targets.Select(target => positions[_blockOf[target]])];
        }
        return [.. code];
    }
}
