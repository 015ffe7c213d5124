namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Compares the counters of a launch with what they must be.</summary>
internal static class CounterComparison
{
    private const string WavefrontsPerRequest = "wavefrontsPerRequest";

    private const string WarpgroupRequests = "warpgroupRequests";

    /// <summary>Warps that issue an instruction of a warpgroup together.</summary>
    private const int WarpsPerGroup = 4;

    private static readonly Dictionary<string, Func<InstructionCounters, long>> Counters = new()
    {
        ["requests"] = row => row.Requests,
        ["sectors"] = row => row.Sectors,
        ["bytesUsed"] = row => row.BytesUsed,
        ["bytes"] = row => row.Bytes,
        ["wavefronts"] = row => row.Wavefronts,
        ["conflicts"] = row => row.Conflicts,
    };

    /// <summary>The counters that a description can expect.</summary>
    public static IReadOnlyCollection<string> Names { get; } =
        [.. Counters.Keys, WavefrontsPerRequest, WarpgroupRequests];

    /// <summary>
    /// The expected rows, compared, and then one row for each further opcode that accesses memory.
    /// </summary>
    public static IReadOnlyList<PtxCounterResult> Compare(
        IReadOnlyList<ExpectedCounter> expectations, EmulatorCounters counters)
    {
        List<PtxCounterResult> results = [];
        foreach (ExpectedCounter expectation in expectations)
        {
            InstructionCounters row = counters.Memory(expectation.Instruction);
            bool isEqual = expectation.Values.All(pair => IsMet(pair.Key, pair.Value, row));
            results.Add(new PtxCounterResult(row, expectation.Values, isEqual));
        }
        IEnumerable<string> others = counters.Instructions
            .Where(row => row.AccessesMemory)
            .Select(row => row.Instruction)
            .Distinct()
            .Except(expectations.Select(expectation => expectation.Instruction));
        foreach (string opcode in others)
        {
            InstructionCounters row = counters.Instructions
                .Where(other => other.Instruction == opcode)
                .Aggregate(new InstructionCounters { Instruction = opcode }, (sum, other) => sum.Plus(other));
            results.Add(new PtxCounterResult(row, new Dictionary<string, long>(), true));
        }
        return results;
    }

    private static bool IsMet(string name, long expected, InstructionCounters row) => name switch
    {
        WavefrontsPerRequest => row.Requests > 0 && row.Wavefronts == expected * row.Requests,
        WarpgroupRequests => row.Requests == expected * WarpsPerGroup,
        _ => Counters[name](row) == expected,
    };
}
