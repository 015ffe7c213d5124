using System.Diagnostics.CodeAnalysis;
using ViCA.Native.Gpu.Compiler;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>A GPU, through the CUDA driver.</summary>
public sealed class CudaDevice : GpuDevice
{
    private readonly CudaContext _context;
    private readonly Dictionary<ulong, CudaMemory> _memory = [];
    private readonly Dictionary<Type, LoadedKernel> _kernels = [];

    internal CudaDevice(CudaContext context)
    {
        _context = context;
    }

    private sealed record LoadedKernel(CompiledKernel Compiled, CudaModule Module, CudaFunction Function);

    /// <inheritdoc/>
    public override string Name => _context.Device.Name;

    /// <inheritdoc/>
    public override GpuTarget Target => _context.Device.Target;

    /// <summary>What the driver says about the GPU.</summary>
    public CudaDeviceInfo Info => _context.Device;

    internal CudaContext Context => _context;

    /// <summary>The GPU of that number, or the reason, in one line, why there is none.</summary>
    public static bool TryCreate(int ordinal, [NotNullWhen(true)] out CudaDevice? device, out string reason)
    {
        device = CudaContext.TryCreate(ordinal, out CudaContext? context, out reason) ? new CudaDevice(context) : null;
        return device is not null;
    }

    /// <inheritdoc/>
    public override void CopyToDevice(ReadOnlySpan<byte> source, ulong destination) =>
        _context.CopyToDevice(source, destination);

    /// <inheritdoc/>
    public override void CopyToHost(ulong source, Span<byte> destination) => _context.CopyToHost(source, destination);

    /// <inheritdoc/>
    public override void CopyOnDevice(ulong source, ulong destination, long bytes) =>
        _context.CopyOnDevice(source, destination, bytes, _context.Stream);

    /// <inheritdoc/>
    public override void Synchronize() => _context.Stream.Synchronize();

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (LoadedKernel kernel in _kernels.Values)
            kernel.Module.Dispose();
        foreach (CudaMemory memory in _memory.Values)
            memory.Dispose();
        _kernels.Clear();
        _memory.Clear();
        _context.Dispose();
    }

    /// <inheritdoc/>
    protected override ulong AllocateBytes(long bytes)
    {
        CudaMemory memory = _context.Allocate(bytes);
        _memory.Add(memory.Address, memory);
        return memory.Address;
    }

    /// <inheritdoc/>
    protected override void LaunchKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments)
    {
        LoadedKernel loaded = Loaded(kernel);
        loaded.Function.Launch(_context.Stream, grid, block, loaded.Compiled.DynamicSharedBytes, arguments);
    }

    /// <inheritdoc/>
    protected override KernelProfile ProfileKernel(Type kernel, Dim3 grid, Dim3 block, ReadOnlySpan<byte> arguments)
    {
        LoadedKernel loaded = Loaded(kernel);
        using CudaEvent start = _context.CreateEvent();
        using CudaEvent end = _context.CreateEvent();
        _context.Stream.Record(start);
        LaunchKernel(kernel, grid, block, arguments);
        _context.Stream.Record(end);
        end.Synchronize();
        return new KernelProfile(
            KernelCatalog.NameOf(kernel),
            end.MillisecondsSince(start),
            loaded.Function.Registers,
            loaded.Function.LocalBytes,
            loaded.Function.SharedBytes + loaded.Compiled.DynamicSharedBytes,
            null);
    }

    internal override void Free(ulong address)
    {
        if (_memory.Remove(address, out CudaMemory? memory))
            memory.Dispose();
    }

    private LoadedKernel Loaded(Type kernel)
    {
        if (!_kernels.TryGetValue(kernel, out LoadedKernel? loaded))
        {
            CompiledKernel compiled = KernelCompiler.Compile(kernel, Target);
            CudaModule module = _context.Load(compiled.Ptx);
            loaded = new LoadedKernel(compiled, module, module.GetFunction(compiled.Name));
            _kernels.Add(kernel, loaded);
        }

        return loaded;
    }
}
