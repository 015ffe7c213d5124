using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>
/// Runs IR as it stands, one thread after the other, over one stretch of global memory: what the passes and the PTX
/// must agree with. No warp instructions and no shared memory.
/// </summary>
internal sealed class IrInterpreter
{
    /// <summary>Device address of the first byte of memory: not 0, so that an address that nobody computed is noticed.</summary>
    public const ulong MemoryStart = 0x10_0000;

    private const int MaxSteps = 4_000_000;

    private readonly Dictionary<IrBlock, Code> _code = [];
    private readonly Dictionary<IrInstruction, int> _slots = [];
    private readonly List<(int Slot, ulong Bits)> _constants = [];
    private readonly IrFunction _function;
    private readonly byte[] _arguments;
    private readonly byte[] _memory;

    private sealed record Step(IrInstruction Instruction, int Result, int[] Operands, IrType OperandType);

    private sealed record Code(Step[] Phis, Step[] Steps, int Condition);

    public IrInterpreter(IrFunction function, byte[] arguments, byte[] memory)
    {
        _function = function;
        _arguments = arguments;
        _memory = memory;
        foreach (IrBlock block in new IrGraph(function).Blocks)
        {
            _code.Add(block, new Code(
                [.. block.Phis.Select(ToStep)],
                [.. block.Instructions.Select(ToStep)],
                block.Condition is { } condition ? SlotOf(condition) : -1));
        }
    }

    public void Run(int threadIndex, int blockIndex)
    {
        ulong[] values = new ulong[_slots.Count];
        foreach ((int slot, ulong bits) in _constants)
            values[slot] = bits;
        IrBlock? from = null;
        IrBlock block = _function.Entry;
        for (int steps = 0; ;)
        {
            Code code = _code[block];
            if (from is not null && code.Phis.Length > 0)
                Enter(code.Phis, block.Predecessors.IndexOf(from), values);
            foreach (Step step in code.Steps)
                Execute(step, values, threadIndex, blockIndex);
            steps += code.Steps.Length + 1;
            if (steps > MaxSteps)
                throw new InvalidOperationException("the program does not end");
            if (block.Terminator == IrTerminatorKind.Return)
                return;
            from = block;
            block = block.Successors[code.Condition >= 0 && values[code.Condition] == 0 ? 1 : 0];
        }
    }

    private static void Enter(Step[] phis, int edge, ulong[] values)
    {
        Span<ulong> entering = phis.Length <= 64 ? stackalloc ulong[phis.Length] : new ulong[phis.Length];
        for (int i = 0; i < phis.Length; i++)
            entering[i] = values[phis[i].Operands[edge]];
        for (int i = 0; i < phis.Length; i++)
            values[phis[i].Result] = entering[i];
    }

    private Step ToStep(IrInstruction instruction) => new(
        instruction,
        SlotOf(instruction),
        [.. instruction.Operands.Select(SlotOf)],
        instruction.Operands.Length > 0 ? instruction.Operands[0].Resolve().Type : IrType.Void);

    private int SlotOf(IrInstruction instruction)
    {
        instruction = instruction.Resolve();
        if (!_slots.TryGetValue(instruction, out int slot))
        {
            _slots.Add(instruction, slot = _slots.Count);
            if (instruction.IsConstant)
                _constants.Add((slot, instruction.Bits));
        }

        return slot;
    }

    private void Execute(Step step, ulong[] values, int threadIndex, int blockIndex)
    {
        IrInstruction x = step.Instruction;
        switch (x.Op)
        {
            case IrOp.Load:
                bool skipped = x.Memory!.Predicated && values[step.Operands[1]] == 0;
                values[step.Result] = skipped ? values[step.Operands[2]] : Read(x.Memory, values[step.Operands[0]]);
                break;
            case IrOp.Store:
                if (!x.Memory!.Predicated || values[step.Operands[^1]] != 0)
                    Write(x.Memory, values[step.Operands[0]], values[step.Operands[1]]);
                break;
            case IrOp.Intrinsic:
                values[step.Result] = x.Row!.Template switch
                {
                    "mov.u32 {0}, %tid.x" => (uint)threadIndex,
                    "mov.u32 {0}, %ctaid.x" => (uint)blockIndex,
                    _ => throw new NotSupportedException(x.ToString()),
                };
                break;
            default:
                Span<ulong> operands = stackalloc ulong[step.Operands.Length];
                for (int i = 0; i < operands.Length; i++)
                    operands[i] = values[step.Operands[i]];
                values[step.Result] = IrArithmetic.Evaluate(x.Op, x.Type, step.OperandType, x.Condition, operands)
                    ?? throw new NotSupportedException(
                        $"{x} of {string.Join(", ", operands.ToArray().Select(bits => $"0x{bits:x}"))}");
                break;
        }
    }

    private Span<byte> Place(MemoryAccess memory, ulong address)
    {
        (byte[] bytes, ulong start) = memory.Space == MemorySpace.Parameter ? (_arguments, 0) : (_memory, MemoryStart);
        return bytes.AsSpan(checked((int)(address + (ulong)memory.Offset - start)), memory.ElementBytes);
    }

    private ulong Read(MemoryAccess memory, ulong address)
    {
        Span<byte> place = Place(memory, address);
        return memory.Type switch
        {
            MemoryType.U8 => place[0],
            MemoryType.S8 => (uint)(sbyte)place[0],
            MemoryType.U16 => MemoryMarshal.Read<ushort>(place),
            MemoryType.S16 => (uint)MemoryMarshal.Read<short>(place),
            MemoryType.B32 or MemoryType.F32 => MemoryMarshal.Read<uint>(place),
            _ => MemoryMarshal.Read<ulong>(place),
        };
    }

    private void Write(MemoryAccess memory, ulong address, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        MemoryMarshal.Write(bytes, value);
        bytes[..memory.ElementBytes].CopyTo(Place(memory, address));
    }
}
