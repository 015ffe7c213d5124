namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Runs the cases of a description on the emulator.</summary>
public static class PtxDescriptionRun
{
    /// <summary>
    /// Runs one case and compares what it gives. A case with counters is profiled also when <paramref name="mode"/> is
    /// <see cref="EmulatorMode.Run"/>. What the emulator cannot run is a result too
    /// (<see cref="PtxCaseResult.Refusal"/>).
    /// </summary>
    /// <param name="description">The description.</param>
    /// <param name="item">One of its cases.</param>
    /// <param name="target">One of its targets.</param>
    /// <param name="mode">How it runs.</param>
    /// <param name="workers">Threads that run blocks; 0 for one per core.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static PtxCaseResult Run(
        PtxDescription description,
        PtxCase item,
        GpuTarget target,
        EmulatorMode mode,
        int workers = 0,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(item);
        if (mode == EmulatorMode.Run && item.ExpectedCounters.Count > 0)
            mode = EmulatorMode.Profile;
        try
        {
            using CaseMemory memory = new(item);
            PtxModule module = PtxModule.Parse(description.Sources[target].Read(description));
            return Run(description, item, target, mode, workers, module, memory, cancellationToken);
        }
        catch (VicaException refusal) when (refusal is PtxFormatException or PtxDescriptionException)
        {
            return new PtxCaseResult(item.Name, target, false, [], [], [], null, refusal);
        }
    }

    private static PtxCaseResult Run(
        PtxDescription description,
        PtxCase item,
        GpuTarget target,
        EmulatorMode mode,
        int workers,
        PtxModule module,
        CaseMemory memory,
        CancellationToken cancellationToken)
    {
        if (item.Cluster is { } cluster)
            throw new PtxDescriptionException($"case {item.Name}: clusters are not supported yet (found {cluster})");
        if (!module.Entries.TryGetValue(item.Entry, out PtxEntry? entry))
            throw new PtxDescriptionException($"case {item.Name}: the PTX has no entry '{item.Entry}'");
        byte[] parameters = ParameterBlock.Build(item, entry, memory.Address);
        using EmulatedModule emulated = new(module, memory.Memory);
        EmulatorReport report;
        try
        {
            report = emulated.Launch(
                item.Entry,
                item.Grid,
                item.Block,
                item.DynamicSharedBytes,
                parameters,
                mode,
                workers,
                cancellationToken);
        }
        catch (EmulatorException fault)
        {
            bool isExpected = description.ExpectedFinding?.Matches(fault.Finding) ?? false;
            return new PtxCaseResult(item.Name, target, isExpected, [], [fault.Finding], [], null, null);
        }
        catch (ArgumentException refusal)
        {
            // The launch asks for what the entry or the hardware does not allow.
            throw new PtxDescriptionException($"case {item.Name}: {refusal.Message}", refusal);
        }
        PtxOutputResult[] outputs = [.. item.Expected.Select(expected => memory.Compare(description, expected))];
        IReadOnlyList<PtxCounterResult> counters = report.Counters is null
            ? []
            : CounterComparison.Compare(item.ExpectedCounters, report.Counters);
        bool passed = outputs.All(output => output.IsEqual || output.IsOptional)
            && counters.All(counter => counter.IsEqual)
            && AreExpected(report.Findings, description.ExpectedFinding, mode);
        return new PtxCaseResult(item.Name, target, passed, outputs, report.Findings, counters, report.Counters, null);
    }

    /// <summary>Only checking must find a planted defect.</summary>
    private static bool AreExpected(
        IReadOnlyList<EmulatorFinding> findings, ExpectedFinding? expected, EmulatorMode mode)
    {
        if (expected is null || (findings.Count == 0 && mode != EmulatorMode.Check))
            return findings.Count == 0;
        return expected.IsMetBy(findings);
    }
}
