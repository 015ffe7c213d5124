using System.Numerics;

namespace ViCA.Native.Gpu.Emulator.Profiling;

/// <summary>
/// Counts what instructions do. Each thread that runs blocks has its own, and they are added up at the end: sums of
/// whole numbers do not depend on who ran what.
/// </summary>
/// <param name="instructions">Instructions in the module.</param>
internal sealed class LaunchCounters(int instructions)
{
    private readonly InstructionTally[] _tallies = new InstructionTally[instructions];

    /// <summary>A warp executes an instruction.</summary>
    /// <param name="instruction">Its index in the module.</param>
    /// <param name="lanes">The lanes that are there.</param>
    /// <param name="executing">Those of them whose guard is true.</param>
    public void OnInstruction(int instruction, uint lanes, uint executing)
    {
        ref InstructionTally tally = ref _tallies[instruction];
        tally.Issued++;
        tally.ActiveLanes += BitOperations.PopCount(executing);
        tally.PredicatedOffLanes += BitOperations.PopCount(lanes & ~executing);
    }

    /// <summary>A warp accesses global memory; per lane some bytes at an address.</summary>
    public void OnGlobalAccess(int instruction, uint lanes, ReadOnlySpan<ulong> addresses, int bytes)
    {
        if (lanes == 0)
            return;
        ref InstructionTally tally = ref _tallies[instruction];
        CountRequest(ref tally, lanes, addresses, bytes);
        tally.Sectors += MemoryCosts.Sectors(addresses, lanes, bytes);
    }

    /// <summary>A warp accesses shared memory; per lane some bytes at an offset in the block's shared memory.</summary>
    public void OnSharedAccess(int instruction, uint lanes, ReadOnlySpan<ulong> addresses, int bytes)
    {
        if (lanes == 0)
            return;
        ref InstructionTally tally = ref _tallies[instruction];
        CountRequest(ref tally, lanes, addresses, bytes);
        (int wavefronts, int conflicts) = MemoryCosts.Banks(addresses, lanes, bytes);
        tally.Wavefronts += wavefronts;
        tally.Conflicts += conflicts;
    }

    /// <summary>Adds the counts of another thread.</summary>
    public void Add(LaunchCounters other)
    {
        for (int i = 0; i < _tallies.Length; i++)
            _tallies[i].Add(other._tallies[i]);
    }

    /// <summary>The counts of the instructions that were executed.</summary>
    /// <param name="describe">Gives opcode and place of an instruction.</param>
    public EmulatorCounters ToCounters(Func<int, InstructionCounters> describe)
    {
        List<InstructionCounters> rows = [];
        for (int i = 0; i < _tallies.Length; i++)
        {
            InstructionTally tally = _tallies[i];
            if (tally.Issued == 0)
                continue;
            InstructionCounters place = describe(i);
            rows.Add(place with
            {
                Class = InstructionTraits.Class(place.Instruction),
                AccessesMemory = InstructionTraits.AccessesMemory(place.Instruction),
                FloatingPointOperations =
                    tally.ActiveLanes * InstructionTraits.FloatingPointOperations(place.Instruction),
                Issued = tally.Issued,
                ActiveLanes = tally.ActiveLanes,
                PredicatedOffLanes = tally.PredicatedOffLanes,
                Requests = tally.Requests,
                Sectors = tally.Sectors,
                BytesUsed = tally.BytesUsed,
                Bytes = tally.Bytes,
                Wavefronts = tally.Wavefronts,
                Conflicts = tally.Conflicts,
            });
        }
        return new EmulatorCounters(rows);
    }

    private static void CountRequest(
        ref InstructionTally tally, uint lanes, ReadOnlySpan<ulong> addresses, int bytes)
    {
        tally.Requests++;
        tally.Bytes += (long)BitOperations.PopCount(lanes) * bytes;
        tally.BytesUsed += MemoryCosts.DistinctBytes(addresses, lanes, bytes);
    }
}
