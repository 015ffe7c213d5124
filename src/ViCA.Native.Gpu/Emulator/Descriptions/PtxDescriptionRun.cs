using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Runs the cases of a description, on the emulator or on a GPU.</summary>
public static class PtxDescriptionRun
{
    /// <summary>Puts a case's parameters and its module to work; the findings and counters, where the device has such.</summary>
    private delegate EmulatorReport CaseLaunch(PtxModule module, string text, ReadOnlySpan<byte> parameters);

    /// <summary>
    /// Runs one case on the emulator and compares what it gives. A case with counters is profiled also when
    /// <paramref name="mode"/> is <see cref="EmulatorMode.Run"/>. What the emulator cannot run is a result too
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
        using EmulatedDevice device = new(target);
        // Only checking must find a planted defect.
        ExpectedFinding? expected = mode == EmulatorMode.Check ? description.ExpectedFinding : null;
        return Run(description, item, target, device, expected, (module, _, parameters) =>
        {
            using EmulatedModule emulated = new(module, device.Memory);
            return emulated.Launch(
                item.Entry, item.Grid, item.Block, item.DynamicSharedBytes, parameters, mode, workers, cancellationToken);
        });
    }

    /// <summary>
    /// Runs one case on a GPU and compares its outputs; counters and findings only the emulator has. What the GPU or its
    /// driver refuses, a fault included, is a result too (<see cref="PtxCaseResult.Refusal"/>). A case of another chip's
    /// target, or with a planted defect, is not run (<see cref="PtxCaseResult.NotRun"/>).
    /// </summary>
    /// <param name="description">The description.</param>
    /// <param name="item">One of its cases.</param>
    /// <param name="target">One of its targets.</param>
    /// <param name="device">The GPU.</param>
    public static PtxCaseResult Run(PtxDescription description, PtxCase item, GpuTarget target, CudaDevice device)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(device);
        if (description.ExpectedFinding is not null)
            return NotRun(item, target, "it holds a planted defect, which only the emulator can look for");
        if (target > device.Target)
            return NotRun(item, target, $"{device.Name} does not run PTX for {target.Spelling()}");
        return Run(description, item, target, device, null, (_, text, parameters) =>
        {
            using CudaModule module = device.Context.Load(text);
            module.GetFunction(item.Entry)
                .Launch(device.Context.Stream, item.Grid, item.Block, item.DynamicSharedBytes, parameters);
            device.Synchronize();
            return new EmulatorReport([]);
        });
    }

    /// <summary>The result of a case that says nothing about a device, and why.</summary>
    public static PtxCaseResult NotRun(PtxCase item, GpuTarget target, string reason)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new PtxCaseResult(item.Name, target, false, [], [], [], null, null, reason);
    }

    private static PtxCaseResult Run(
        PtxDescription description,
        PtxCase item,
        GpuTarget target,
        GpuDevice device,
        ExpectedFinding? expected,
        CaseLaunch launch)
    {
        try
        {
            using CaseMemory memory = new(device, item);
            string text = description.Sources[target].Read(description);
            PtxModule module = PtxModule.Parse(text);
            byte[] parameters = Parameters(item, module, memory);
            EmulatorReport report = Launch(item, launch, module, text, parameters);
            return Compare(description, item, target, memory, expected, report);
        }
        catch (EmulatorException fault)
        {
            bool isExpected = description.ExpectedFinding?.Matches(fault.Finding) ?? false;
            return new PtxCaseResult(item.Name, target, isExpected, [], [fault.Finding], [], null, null);
        }
        catch (VicaException refusal) when (
            refusal is PtxFormatException or PtxDescriptionException or CudaException or ResourceException)
        {
            return new PtxCaseResult(item.Name, target, false, [], [], [], null, refusal);
        }
    }

    private static byte[] Parameters(PtxCase item, PtxModule module, CaseMemory memory)
    {
        if (item.Cluster is { } cluster)
            throw new PtxDescriptionException($"case {item.Name}: clusters are not supported yet (found {cluster})");
        if (!module.Entries.TryGetValue(item.Entry, out PtxEntry? entry))
            throw new PtxDescriptionException($"case {item.Name}: the PTX has no entry '{item.Entry}'");
        return ParameterBlock.Build(item, entry, memory.Address);
    }

    private static EmulatorReport Launch(
        PtxCase item, CaseLaunch launch, PtxModule module, string text, byte[] parameters)
    {
        try
        {
            return launch(module, text, parameters);
        }
        catch (ArgumentException refusal)
        {
            // The launch asks for what the entry or the hardware does not allow.
            throw new PtxDescriptionException($"case {item.Name}: {refusal.Message}", refusal);
        }
    }

    private static PtxCaseResult Compare(
        PtxDescription description,
        PtxCase item,
        GpuTarget target,
        CaseMemory memory,
        ExpectedFinding? expected,
        EmulatorReport report)
    {
        PtxOutputResult[] outputs = [.. item.Expected.Select(buffer => memory.Compare(description, buffer))];
        IReadOnlyList<PtxCounterResult> counters = report.Counters is null
            ? []
            : CounterComparison.Compare(item.ExpectedCounters, report.Counters);
        bool passed = outputs.All(output => output.IsEqual || output.IsOptional)
            && counters.All(counter => counter.IsEqual)
            && (expected?.IsMetBy(report.Findings) ?? report.Findings.Count == 0);
        return new PtxCaseResult(item.Name, target, passed, outputs, report.Findings, counters, report.Counters, null);
    }
}
