using System.Numerics;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Profiling;

/// <summary>Counts what the instructions of running blocks do, one block after the other.</summary>
internal sealed class CountWatcher : BlockWatcher
{
    private readonly Dictionary<FunctionCode, InstructionTally[]> _functions = [];

    private FunctionCode? _function;

    private InstructionTally[] _tallies = [];

    /// <summary>The instructions that were executed.</summary>
    public IEnumerable<(Instruction Instruction, InstructionTally Tally)> Tallies =>
        from function in _functions
        from instruction in function.Key.Code
        let tally = function.Value[instruction.Index]
        where tally.Issued > 0
        select (instruction, tally);

    public override void OnInstruction(
        Warp warp, Activation activation, Instruction instruction, uint active, uint executed)
    {
        if (instruction.IsInternal)
            return;
        ref InstructionTally tally = ref Tally(activation.Function, instruction);
        tally.Issued++;
        tally.ActiveLanes += BitOperations.PopCount(executed);
        tally.PredicatedOffLanes += BitOperations.PopCount(active & ~executed);
    }

    public override unsafe void OnAccess(in MemoryAccess access)
    {
        MemoryInstruction instruction = access.Instruction;
        if (instruction.Space is StateSpace.Const or StateSpace.Local or StateSpace.Param)
            return;
        ReadOnlySpan<ulong> addresses = new(access.Addresses, Lanes.Count);
        uint global = 0;
        uint shared = 0;
        for (uint rest = access.Mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            StateSpace space = AddressWindows.SpaceOf(addresses[lane]);
            global |= space == StateSpace.Global ? 1u << lane : 0;
            shared |= space == StateSpace.Shared ? 1u << lane : 0;
        }
        if ((global | shared) == 0)
            return;
        ref InstructionTally tally = ref Tally(access.Warp.Activation.Function, instruction);
        int bytes = instruction.BytesPerLane;
        tally.Requests++;
        tally.Bytes += (long)BitOperations.PopCount(global | shared) * bytes;
        tally.BytesUsed += MemoryCosts.DistinctBytes(addresses, global | shared, bytes);
        tally.Sectors += MemoryCosts.Sectors(addresses, global, bytes);
        (int wavefronts, int conflicts) = MemoryCosts.Banks(addresses, shared, bytes);
        tally.Wavefronts += wavefronts;
        tally.Conflicts += conflicts;
    }

    private ref InstructionTally Tally(FunctionCode function, Instruction instruction)
    {
        if (function != _function)
        {
            _function = function;
            if (!_functions.TryGetValue(function, out InstructionTally[]? tallies))
                _functions[function] = tallies = new InstructionTally[function.Code.Length];
            _tallies = tallies;
        }
        return ref _tallies[instruction.Index];
    }
}
