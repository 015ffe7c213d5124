using ViCA.Native.Gpu.Compiler.Diagnostics;
using ViCA.Native.Gpu.Compiler.IL;
using ViCA.Native.Gpu.Compiler.IR;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu.Compiler.Import;

internal sealed partial class Importer
{
    private const int MaxIterations = 4096;
    private const int MaxInstructions = 200_000;

    private delegate void Route(ILBlock target, Edge edge);

    /// <summary>Imports a method's body at the current block; goes on where it returns.</summary>
    private void ImportBody(Frame frame)
    {
        Frame caller = _frame;
        Stack<StackValue> stack = _stack;
        SourceLocation? location = _builder.Location;
        _frame = frame;
        _stack = new Stack<StackValue>();
        if (frame.Method.SecondLoopEntry is { } entry)
        {
            _builder.Location = new SourceLocation(frame.Method.Method, entry, frame.CallSite);
            Refuse(DiagnosticCodes.ControlFlow, "a goto leads into a loop; write the loop with for, while or do");
        }

        foreach (System.Reflection.ExceptionHandlingClause clause in frame.Method.Body.ExceptionHandlingClauses)
        {
            _builder.Location = new SourceLocation(frame.Method.Method, clause.TryOffset, frame.CallSite);
            Refuse(DiagnosticCodes.Exceptions, "try, catch, finally and using have no meaning in a kernel; leave them out");
        }

        Region(frame, loop: null, frame.Method.Blocks[0], [new Edge(_builder.Block, -1)], [], (_, _) => { });
        _builder.Location = location;
        _builder.Block = frame.Returns.Count == 0 ? NewBlock() : Join(frame.Returns);
        _frame = caller;
        _stack = stack;
    }

    /// <summary>The blocks of a loop's body (or of the method), in reverse postorder, inner loops as one.</summary>
    private void Region(
        Frame frame, ILLoop? loop, ILBlock first, List<Edge> entry, List<Edge> backEdges, Route outside, IrBlock? header = null)
    {
        Dictionary<ILBlock, List<Edge>> pending = new() { [first] = entry };
        void Inside(ILBlock target, Edge edge)
        {
            if (target == loop?.Header)
                backEdges.Add(edge);
            else if (loop is not null && !loop.Blocks.Contains(target))
                outside(target, edge);
            else if (pending.TryGetValue(target, out List<Edge>? edges))
                edges.Add(edge);
            else
                pending.Add(target, [edge]);
        }

        foreach (ILBlock block in frame.Method.Blocks)
        {
            if (!pending.Remove(block, out List<Edge>? edges))
                continue;
            if (block.Loop is { } inner && inner != loop && inner.Header == block)
            {
                Loop(frame, inner, edges, Inside);
                continue;
            }

            _builder.Block = block == first && header is not null ? header : Join(edges);
            Block(frame, block, Inside);
        }
    }

    private void Loop(Frame frame, ILLoop loop, List<Edge> entry, Route outside)
    {
        (System.Reflection.MethodBase, int) key = (frame.Method.Method, loop.Header.Offset);
        Builtin? marker = MarkerOf(loop, frame);
        if (marker == Builtin.UnrollFull || _unrolled.Contains(key))
        {
            Peel(frame, loop, entry, outside);
            return;
        }

        IrBlock before = Join(entry);
        IrBlock header = NewBlock();
        header.NoUnroll = marker == Builtin.UnrollNone;
        _keptLoops.Add(header, key);
        Connect(new Edge(before, -1), header);
        _variables.BeginLoop(header, frame, loop);
        List<Edge> backEdges = [];
        Region(frame, loop, loop.Header, [], backEdges, outside, header);
        foreach (Edge edge in backEdges)
            Connect(edge, header);
        _variables.Seal(header);
    }

    /// <summary>Imports the body once for every iteration until no way leads back.</summary>
    private void Peel(Frame frame, ILLoop loop, List<Edge> entry, Route outside)
    {
        List<Edge> edges = entry;
        for (int iteration = 0; edges.Count > 0; iteration++)
        {
            if (iteration == MaxIterations || _builder.Count > MaxInstructions)
            {
                _builder.Location = new SourceLocation(frame.Method.Method, loop.Header.Offset, frame.CallSite);
                Refuse(
                    DiagnosticCodes.Unroll,
                    $"the loop must be unrolled, but does not end within {iteration} iterations and "
                    + $"{_builder.Count} instructions; its bounds must be constants (type arguments), and not too large");
                return;
            }

            List<Edge> backEdges = [];
            Region(frame, loop, loop.Header, edges, backEdges, outside);
            edges = backEdges;
        }
    }

    /// <summary>Looked up once: a loop inside an unrolled one is met in every iteration.</summary>
    private Builtin? MarkerOf(ILLoop loop, Frame frame)
    {
        if (!_markers.TryGetValue(loop, out Builtin? marker))
            _markers.Add(loop, marker = FindMarker(loop, frame));
        return marker;
    }

    private static Builtin? FindMarker(ILLoop loop, Frame frame)
    {
        foreach (ILBlock block in frame.Method.Blocks)
        {
            if (block.Loop != loop)
                continue;
            foreach (ILInstruction instruction in block.Instructions)
            {
                if (instruction.Code.Value == 0x28 && ResolveMethod(frame, instruction) is { } method
                    && method.DeclaringType == typeof(Unroll))
                {
                    return method.Name == nameof(Unroll.Full) ? Builtin.UnrollFull : Builtin.UnrollNone;
                }
            }
        }

        return null;
    }

    /// <summary>The block in which the edges meet: a new one, or the only one they come from.</summary>
    private IrBlock Join(List<Edge> edges)
    {
        if (edges.Count == 1 && edges[0].Successor < 0)
            return edges[0].From;
        IrBlock block = NewBlock();
        foreach (Edge edge in edges)
            Connect(edge, block);
        return block;
    }

    private static void Connect(Edge edge, IrBlock to)
    {
        if (edge.Successor < 0)
        {
            edge.From.Terminator = IrTerminatorKind.Jump;
            edge.From.Successors = [to];
        }
        else
        {
            edge.From.Successors[edge.Successor] = to;
        }

        to.Predecessors.Add(edge.From);
    }

    private void Block(Frame frame, ILBlock block, Route route)
    {
        _stack.Clear();
        if (frame.StackOnEntry.TryGetValue(block, out Slot[]? slots))
        {
            foreach (Slot slot in slots)
                _stack.Push(ReadSlot(slot));
        }

        foreach (ILInstruction instruction in block.Instructions)
        {
            _builder.Location = new SourceLocation(frame.Method.Method, instruction.Offset, frame.CallSite);
            if (instruction.Code.FlowControl is System.Reflection.Emit.FlowControl.Branch
                or System.Reflection.Emit.FlowControl.Cond_Branch
                or System.Reflection.Emit.FlowControl.Return
                or System.Reflection.Emit.FlowControl.Throw)
            {
                End(frame, block, instruction, route);
                return;
            }

            Instruction(frame, instruction);
        }

        Go(frame, block.Successors[0], new Edge(_builder.Block, -1), route);
    }

    /// <summary>Leaves a block, with what lies on the stack in variables of the target.</summary>
    private void Go(Frame frame, ILBlock target, Edge edge, Route route)
    {
        if (_stack.Count > 0)
        {
            StackValue[] values = [.. _stack.Reverse()];
            if (!frame.StackOnEntry.TryGetValue(target, out Slot[]? slots))
                frame.StackOnEntry.Add(target, slots = [.. values.Select(SlotFor)]);
            for (int i = 0; i < values.Length; i++)
                WriteSlot(slots[i], values[i]);
        }

        route(target, edge);
    }

    private Slot SlotFor(StackValue value) => value switch
    {
        ScalarValue { Value: { } scalar } => Temporary(scalar.Type switch
        {
            IrType.I64 => typeof(long),
            IrType.F32 => typeof(float),
            IrType.F64 => typeof(double),
            _ => typeof(int),
        }),
        AggregateValue aggregate => Temporary(aggregate.Type),
        _ => new Slot(layout: null, _frame, int.MinValue, isAddressTaken: true),
    };

    private void End(Frame frame, ILBlock block, ILInstruction instruction, Route route)
    {
        short code = instruction.Code.Value;
        switch (code)
        {
            case 0x2A:
                if (frame.Result is { } result)
                    WriteSlot(result, _stack.Pop());
                frame.Returns.Add(new Edge(_builder.Block, -1));
                break;
            case 0x2B or 0x38 or 0xDD or 0xDE:
                Go(frame, block.Successors[0], new Edge(_builder.Block, -1), route);
                break;
            case 0x45:
                Switch(frame, block, instruction, route);
                break;
            case 0x7A or unchecked((short)0xFE1A):
                Refuse(DiagnosticCodes.Exceptions, "a kernel cannot throw; handle the case, or let the host check it");
                frame.Returns.Add(new Edge(_builder.Block, -1));
                break;
            default:
                Branch(frame, block.Successors[0], block.Successors[1], BranchCondition(code), route);
                break;
        }
    }

    private void Branch(Frame frame, ILBlock taken, ILBlock other, IrInstruction condition, Route route)
    {
        if (condition.IsConstant || taken == other)
        {
            Go(frame, condition.IsConstant && condition.Bits == 0 ? other : taken, new Edge(_builder.Block, -1), route);
            return;
        }

        IrBlock block = _builder.Block;
        block.Terminator = IrTerminatorKind.Branch;
        block.Condition = condition;
        block.Location = _builder.Location;
        block.Successors = new IrBlock[2];
        Go(frame, taken, new Edge(block, 0), route);
        Go(frame, other, new Edge(block, 1), route);
    }

    private void Switch(Frame frame, ILBlock block, ILInstruction instruction, Route route)
    {
        IrInstruction value = PopScalar();
        for (int i = 0; i < instruction.Targets.Length; i++)
        {
            IrInstruction equal = _builder.Compare(IrCondition.Equal, value, _function.Constant(i));
            if (equal.IsConstant)
            {
                if (equal.Bits == 0)
                    continue;
                Go(frame, block.Successors[i], new Edge(_builder.Block, -1), route);
                return;
            }

            IrBlock current = _builder.Block;
            current.Terminator = IrTerminatorKind.Branch;
            current.Condition = equal;
            current.Location = _builder.Location;
            current.Successors = new IrBlock[2];
            IrBlock next = NewBlock();
            Connect(new Edge(current, 1), next);
            Go(frame, block.Successors[i], new Edge(current, 0), route);
            _builder.Block = next;
        }

        Go(frame, block.Successors[^1], new Edge(_builder.Block, -1), route);
    }

    private IrInstruction BranchCondition(short code)
    {
        if (code is 0x2C or 0x39)
            return _builder.Not(ToPredicate(Pop()));
        if (code is 0x2D or 0x3A)
            return ToPredicate(Pop());
        bool isShort = code < 0x38;
        IrCondition condition = (code - (isShort ? 0x2E : 0x3B)) switch
        {
            0 => IrCondition.Equal,
            1 => IrCondition.GreaterOrEqual,
            2 => IrCondition.Greater,
            3 => IrCondition.LessOrEqual,
            4 => IrCondition.Less,
            5 => IrCondition.NotEqualUnordered,
            6 => IrCondition.GreaterOrEqualUnordered,
            7 => IrCondition.GreaterUnordered,
            8 => IrCondition.LessOrEqualUnordered,
            _ => IrCondition.LessUnordered,
        };
        (IrInstruction a, IrInstruction b) = PopPair();
        return CompareValues(condition, a, b);
    }

    /// <summary>A comparison of IL, whose ".un" means unsigned for integers and unordered for floats.</summary>
    private IrInstruction CompareValues(IrCondition condition, IrInstruction a, IrInstruction b)
    {
        if (a.Type is not (IrType.F32 or IrType.F64))
        {
            condition = condition switch
            {
                IrCondition.NotEqualUnordered => IrCondition.NotEqual,
                IrCondition.GreaterOrEqualUnordered => IrCondition.GreaterOrEqualUnsigned,
                IrCondition.GreaterUnordered => IrCondition.GreaterUnsigned,
                IrCondition.LessOrEqualUnordered => IrCondition.LessOrEqualUnsigned,
                IrCondition.LessUnordered => IrCondition.LessUnsigned,
                _ => condition,
            };
        }

        return _builder.Compare(condition, a, b);
    }
}
