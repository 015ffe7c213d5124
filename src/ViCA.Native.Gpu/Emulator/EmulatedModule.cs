using ViCA.Native.Gpu.Emulator.Checking;
using ViCA.Native.Gpu.Emulator.Decoding;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Profiling;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>
/// A PTX module that can be launched, with its variables in memory. A kernel is decoded at its first launch. One launch
/// at a time.
/// </summary>
public sealed class EmulatedModule : IDisposable
{
    private readonly EmulatedMemory _memory;
    private readonly ModuleData _data;
    private readonly Dictionary<string, EmulatedKernel> _kernels = new(StringComparer.Ordinal);

    /// <summary>Puts the module's variables into the memory. Throws <see cref="PtxFormatException"/>.</summary>
    public EmulatedModule(PtxModule module, EmulatedMemory memory)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(memory);
        Module = module;
        _memory = memory;
        _data = new ModuleData(module, memory);
    }

    /// <summary>What it was made from.</summary>
    public PtxModule Module { get; }

    /// <summary>Instructions that lanes with a true guard executed in the last launch.</summary>
    public long LaneInstructions { get; private set; }

    /// <summary>
    /// Decodes a kernel if that has not been done. Throws <see cref="PtxFormatException"/> that names an instruction
    /// which the emulator does not have.
    /// </summary>
    public void Prepare(string entry) => Kernel(entry);

    /// <summary>Runs a kernel to its end.</summary>
    /// <param name="entry">Its name.</param>
    /// <param name="grid">Blocks.</param>
    /// <param name="block">Threads of a block, at most 1024.</param>
    /// <param name="dynamicSharedBytes">Shared memory beyond what the kernel declares with a size.</param>
    /// <param name="parameters">The parameter block (<see cref="PtxEntry.Parameters"/>).</param>
    /// <param name="mode">What to watch for.</param>
    /// <param name="workers">Threads of this process, 0 for one per core; Check mode takes one.</param>
    /// <param name="cancellation">Stops the launch between instructions.</param>
    /// <returns>The findings in Check mode, the counters in Profile mode.</returns>
    /// <exception cref="EmulatorException">A fault, in Run and Profile mode.</exception>
    public EmulatorReport Launch(
        string entry,
        Dim3 grid,
        Dim3 block,
        int dynamicSharedBytes,
        ReadOnlySpan<byte> parameters,
        EmulatorMode mode,
        int workers,
        CancellationToken cancellation)
    {
        EmulatedKernel kernel = Kernel(entry);
        LaunchChecks.Check(kernel.Entry, grid, block, dynamicSharedBytes, parameters.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        if (kernel.ParameterBlock != 0)
            _memory.Write(kernel.ParameterBlock, parameters);
        int warps = (int)((block.Count + Lanes.Count - 1) / Lanes.Count);
        LaunchChecker? checker = mode == EmulatorMode.Check ? new LaunchChecker(grid, warps, _memory) : null;
        LaunchCounters? counters = mode == EmulatorMode.Profile ? new LaunchCounters() : null;
        Launch launch = new()
        {
            Entry = kernel.Code,
            Grid = grid,
            BlockExtent = block,
            DynamicSharedBytes = dynamicSharedBytes,
            SharedBytes = Math.Max(kernel.Entry.Shared.DynamicStart, kernel.Entry.StaticSharedBytes)
                + dynamicSharedBytes,
            LocalBytes = kernel.LocalBytes,
            Memory = _memory,
            FunctionTable = kernel.FunctionTable,
            Watcher = checker is not null ? checker : counters,
            Cancellation = cancellation,
        };
        LaunchRunner runner = new(launch);
        int threads = checker is not null ? 1 : workers == 0 ? Environment.ProcessorCount : workers;
        EmulatorFinding? fault = runner.Run(threads);
        LaneInstructions = runner.LaneInstructions;
        if (checker is null)
            return fault is null ? new EmulatorReport([], counters?.ToCounters()) : throw new EmulatorException(fault);
        if (fault is not null)
            checker.Add(fault);
        return new EmulatorReport(checker.ToFindings());
    }

    /// <summary>Frees the module's variables.</summary>
    public void Dispose()
    {
        foreach (EmulatedKernel kernel in _kernels.Values)
            _memory.Free(kernel.ParameterBlock);
        _kernels.Clear();
        _data.Free();
    }

    private EmulatedKernel Kernel(string name)
    {
        if (_kernels.TryGetValue(name, out EmulatedKernel? kernel))
            return kernel;
        if (!Module.Entries.TryGetValue(name, out PtxEntry? entry))
            throw new ArgumentException($"the module has no entry '{name}'", nameof(name));
        kernel = new EmulatedKernel(Module, entry, _data, _memory);
        _kernels.Add(name, kernel);
        return kernel;
    }
}
