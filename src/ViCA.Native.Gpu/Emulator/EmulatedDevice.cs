using ViCA.Native.Gpu.Compiler;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>
/// A device that executes the PTX text itself, on any machine. In <see cref="EmulatorMode.Check"/> a launch that does
/// something wrong (out of bounds, a race, an uninitialised read, a barrier that not all reach) throws what was found.
/// </summary>
public sealed class EmulatedDevice : GpuDevice
{
    private readonly EmulatedMemory _memory = new();
    private readonly Dictionary<Type, LoadedKernel> _kernels = [];
    private readonly EmulatorMode _mode;
    private readonly int _workers;

    /// <param name="target">What its PTX is made for.</param>
    /// <param name="mode">What launches watch for.</param>
    /// <param name="workers">Threads of this process, 0 for one per core.</param>
    public EmulatedDevice(GpuTarget target = GpuTarget.Sm80, EmulatorMode mode = EmulatorMode.Run, int workers = 0)
    {
        Target = target;
        _mode = mode;
        _workers = workers;
    }

    private sealed record LoadedKernel(CompiledKernel Compiled, EmulatedModule Module);

    /// <inheritdoc/>
    public override string Name => "PTX emulator";

    /// <inheritdoc/>
    public override GpuTarget Target { get; }

    /// <summary>Instructions that lanes with a true guard executed in the last launch.</summary>
    public long LaneInstructions { get; private set; }

    internal EmulatedMemory Memory => _memory;

    /// <inheritdoc/>
    public override void CopyToDevice(ReadOnlySpan<byte> source, ulong destination) =>
        _memory.Write(destination, source);

    /// <inheritdoc/>
    public override void CopyToHost(ulong source, Span<byte> destination) => _memory.Read(source, destination);

    /// <inheritdoc/>
    public override void CopyOnDevice(ulong source, ulong destination, long bytes) => _memory.Copy(source, destination, bytes);

    /// <inheritdoc/>
    public override void Synchronize()
    {
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (LoadedKernel kernel in _kernels.Values)
            kernel.Module.Dispose();
        _kernels.Clear();
        _memory.Dispose();
    }

    /// <inheritdoc/>
    protected override ulong AllocateBytes(long bytes) => _memory.Allocate(bytes);

    /// <inheritdoc/>
    protected override void LaunchKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments) =>
        Run(kernel, grid, block, arguments, _mode);

    /// <inheritdoc/>
    protected override KernelProfile ProfileKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments)
    {
        EmulatorMode mode = _mode == EmulatorMode.Check ? EmulatorMode.Check : EmulatorMode.Profile;
        EmulatorReport report = Run(kernel, grid, block, arguments, mode);
        return new KernelProfile(KernelCatalog.NameOf(kernel), null, null, null, null, report.Counters);
    }

    internal override void Free(ulong address) => _memory.Free(address);

    private EmulatorReport Run(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments, EmulatorMode mode)
    {
        if (!_kernels.TryGetValue(kernel, out LoadedKernel? loaded))
        {
            CompiledKernel compiled = KernelCompiler.Compile(kernel, Target);
            loaded = new LoadedKernel(compiled, new EmulatedModule(PtxModule.Parse(compiled.Ptx), _memory));
            _kernels.Add(kernel, loaded);
        }

        EmulatorReport report = loaded.Module.Launch(
            loaded.Compiled.Name,
            grid,
            block,
            loaded.Compiled.DynamicSharedBytes,
            arguments,
            mode,
            _workers,
            CancellationToken.None);
        LaneInstructions = loaded.Module.LaneInstructions;
        if (report.Findings.Count > 0)
            throw new EmulatorException(report.Findings[0]);
        return report;
    }
}
