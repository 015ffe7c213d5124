using System.Collections.Concurrent;
using System.Numerics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Profiling;

/// <summary>
/// The counters of a launch. Blocks that run at the same time have their own, which are added up at the end: sums of
/// whole numbers do not depend on who ran what.
/// </summary>
internal sealed class LaunchCounters : LaunchWatcher
{
    private readonly ConcurrentBag<CountWatcher> _idle = [];

    public override BlockWatcher Begin(Block block) =>
        _idle.TryTake(out CountWatcher? watcher) ? watcher : new CountWatcher();

    public override void End(Block block, BlockWatcher watcher) => _idle.Add((CountWatcher)watcher);

    /// <summary>The counts of the instructions that were executed, in the order of the text.</summary>
    public EmulatorCounters ToCounters()
    {
        Dictionary<Instruction, InstructionTally> sums = [];
        foreach (CountWatcher watcher in _idle)
        {
            foreach ((Instruction instruction, InstructionTally tally) in watcher.Tallies)
            {
                InstructionTally sum = sums.GetValueOrDefault(instruction);
                sum.Add(tally);
                sums[instruction] = sum;
            }
        }
        return new EmulatorCounters([.. sums
            .OrderBy(pair => pair.Key.Location.PtxLine)
            .ThenBy(pair => pair.Key.Index)
            .Select(pair => Row(pair.Key, pair.Value))]);
    }

    private static InstructionCounters Row(Instruction instruction, InstructionTally tally) => new()
    {
        Instruction = instruction.Opcode,
        PtxLine = instruction.Location.PtxLine,
        File = instruction.Location.File,
        Line = instruction.Location.Line,
        Class = InstructionTraits.Class(instruction.Opcode),
        AccessesMemory = InstructionTraits.AccessesMemory(instruction.Opcode),
        Issued = tally.Issued,
        ActiveLanes = tally.ActiveLanes,
        PredicatedOffLanes = tally.PredicatedOffLanes,
        FloatingPointOperations = tally.ActiveLanes * InstructionTraits.FloatingPointOperations(instruction.Opcode),
        Requests = tally.Requests,
        Sectors = tally.Sectors,
        BytesUsed = tally.BytesUsed,
        Bytes = tally.Bytes,
        Wavefronts = tally.Wavefronts,
        Conflicts = tally.Conflicts,
    };
}
