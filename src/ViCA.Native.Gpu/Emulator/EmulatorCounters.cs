namespace ViCA.Native.Gpu.Emulator;

/// <summary>What a launch did, counted: the same numbers in every run.</summary>
/// <param name="Instructions">The instructions that were executed, in the order of the text.</param>
public sealed record EmulatorCounters(IReadOnlyList<InstructionCounters> Instructions)
{
    /// <summary>Instructions executed by warps.</summary>
    public long WarpInstructions => Instructions.Sum(row => row.Issued);

    /// <summary>Instructions executed by lanes whose guard is true.</summary>
    public long LaneInstructions => Instructions.Sum(row => row.ActiveLanes);

    /// <summary>Additions, multiplications and the like on floats; a fused multiply-add is two.</summary>
    public long FloatingPointOperations => Instructions.Sum(row => row.FloatingPointOperations);

    /// <summary>Sums by class of instruction: warp instructions, in order of the classes.</summary>
    public IReadOnlyDictionary<InstructionClass, long> ByClass() =>
        Instructions
            .GroupBy(row => row.Class)
            .OrderBy(group => group.Key)
            .ToDictionary(group => group.Key, group => group.Sum(row => row.Issued));

    /// <summary>
    /// Sums over the memory instructions whose opcode is <paramref name="instruction"/> or begins with it before a dot,
    /// e.g. `ld.global`.
    /// </summary>
    public InstructionCounters Memory(string instruction) =>
        Instructions
            .Where(row => row.AccessesMemory && IsPart(instruction, row.Instruction))
            .Aggregate(new InstructionCounters { Instruction = instruction }, (sum, row) => sum.Plus(row));

    private static bool IsPart(string prefix, string opcode) =>
        opcode.StartsWith(prefix, StringComparison.Ordinal)
        && (opcode.Length == prefix.Length || opcode[prefix.Length] == '.');
}
