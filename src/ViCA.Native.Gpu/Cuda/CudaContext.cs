using System.Diagnostics.CodeAnalysis;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// One GPU, ready for work: memory, copies, code, streams. Each call makes the GPU current on its own thread, so any
/// thread may call; two threads that use one stream at once must agree on the order themselves.
/// </summary>
public sealed unsafe class CudaContext : IDisposable
{
    private readonly PrimaryContext _context;
    private readonly CubinCache? _cache;
    private readonly int _driverVersion;

    private CudaContext(CudaDeviceInfo device, CubinCache? cache)
    {
        Device = device;
        _cache = cache;
        _driverVersion = CudaLibrary.DriverVersion;
        _context = new PrimaryContext(device.Ordinal);
        try
        {
            _context.MakeCurrent();
            Stream = new CudaStream(_context);
        }
        catch
        {
            _context.Dispose();
            throw;
        }
    }

    /// <summary>What the driver says about the GPU.</summary>
    public CudaDeviceInfo Device { get; }

    /// <summary>The stream in which copies run, and launches that name no other.</summary>
    public CudaStream Stream { get; }

    /// <summary>The CUDA version that the driver supports, e.g. `12.4`.</summary>
    public string DriverVersion => CudaLibrary.VersionText(_driverVersion);

    /// <summary>
    /// Opens GPU <paramref name="ordinal"/>; false with one line that says why when there is no driver, no such GPU,
    /// or one that is too old.
    /// </summary>
    public static bool TryCreate(int ordinal, [NotNullWhen(true)] out CudaContext? context, out string reason) =>
        TryCreate(CudaDriver.Library, ordinal, CubinCache.OfUser(), out context, out reason);

    /// <summary>As the public one, with the driver in the file <paramref name="library"/>.</summary>
    internal static bool TryCreate(
        string library,
        int ordinal,
        CubinCache? cache,
        [NotNullWhen(true)] out CudaContext? context,
        out string reason)
    {
        context = null;
        if (!CudaLibrary.TryLoad(library, out reason))
            return false;
        int count = CudaLibrary.DeviceCount;
        if (ordinal < 0 || ordinal >= count)
        {
            reason = $"no CUDA device {ordinal}: the NVIDIA driver shows {count}";
            return false;
        }

        try
        {
            CudaDeviceInfo device = CudaDeviceInfo.Read(ordinal);
            if (!device.Supported)
            {
                reason = $"{device.Name} has compute capability {device.Major}.{device.Minor} (needs 8.0 or later)";
                return false;
            }

            context = new CudaContext(device, cache);
            return true;
        }
        catch (VicaException exception)
        {
            reason = exception.Message;
            return false;
        }
    }

    /// <summary>Bytes of the GPU's memory that are free, and all of them.</summary>
    public (long FreeBytes, long TotalBytes) Memory()
    {
        _context.MakeCurrent();
        nuint free;
        nuint total;
        CudaCheck.Ok(CudaDriver.cuMemGetInfo(&free, &total));
        return ((long)free, (long)total);
    }

    /// <summary>Memory of <paramref name="bytes"/> bytes on the GPU.</summary>
    /// <exception cref="ResourceException">It does not fit (<c>resource_gpu_memory</c>).</exception>
    public CudaMemory Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _context.MakeCurrent();
        ulong address;
        int result = CudaDriver.cuMemAlloc(&address, (nuint)bytes);
        if (result == CudaResult.OutOfMemory)
        {
            throw new ResourceException(
                ErrorCodes.ResourceGpuMemory,
                $"{Device.Name}: not enough memory (expected {Gigabytes(bytes)}, "
                    + $"found {Gigabytes(Memory().FreeBytes)} free of {Gigabytes(Device.TotalBytes)})");
        }

        CudaCheck.Ok(result, nameof(CudaDriver.cuMemAlloc));
        return new CudaMemory(_context, address, bytes);
    }

    /// <summary>Page-locked memory of the host, of <paramref name="bytes"/> bytes.</summary>
    public CudaHostMemory AllocateHost(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        _context.MakeCurrent();
        return new CudaHostMemory(_context, bytes);
    }

    /// <summary>Copies to address <paramref name="destination"/>, after what the stream holds, and waits.</summary>
    public void CopyToDevice(ReadOnlySpan<byte> source, ulong destination)
    {
        _context.MakeCurrent();
        fixed (byte* bytes = source)
        {
            CudaCheck.Ok(CudaDriver.cuMemcpyHtoDAsync(destination, bytes, (nuint)source.Length, Stream));
            _context.Check(CudaDriver.cuStreamSynchronize(Stream));
        }
    }

    /// <summary>Copies from device address <paramref name="source"/>, after what the stream holds, and waits.</summary>
    public void CopyToHost(ulong source, Span<byte> destination)
    {
        _context.MakeCurrent();
        fixed (byte* bytes = destination)
        {
            CudaCheck.Ok(CudaDriver.cuMemcpyDtoHAsync(bytes, source, (nuint)destination.Length, Stream));
            _context.Check(CudaDriver.cuStreamSynchronize(Stream));
        }
    }

    /// <summary>
    /// Puts a copy of the first <paramref name="bytes"/> of <paramref name="source"/> into
    /// <paramref name="stream"/>; the memory must stay as it is until the stream has passed it.
    /// </summary>
    public void CopyToDevice(CudaHostMemory source, ulong destination, int bytes, CudaStream stream)
    {
        _context.MakeCurrent();
        fixed (byte* pointer = source.Span[..bytes])
            CudaCheck.Ok(CudaDriver.cuMemcpyHtoDAsync(destination, pointer, (nuint)bytes, stream));
    }

    /// <summary>
    /// Puts a copy into <paramref name="stream"/> that fills the first <paramref name="bytes"/> of
    /// <paramref name="destination"/> once the stream has passed it.
    /// </summary>
    public void CopyToHost(ulong source, CudaHostMemory destination, int bytes, CudaStream stream)
    {
        _context.MakeCurrent();
        fixed (byte* pointer = destination.Span[..bytes])
            CudaCheck.Ok(CudaDriver.cuMemcpyDtoHAsync(pointer, source, (nuint)bytes, stream));
    }

    /// <summary>Puts a copy within the GPU's memory into <paramref name="stream"/>.</summary>
    public void CopyOnDevice(ulong source, ulong destination, long bytes, CudaStream stream)
    {
        _context.MakeCurrent();
        CudaCheck.Ok(CudaDriver.cuMemcpyDtoDAsync(destination, source, (nuint)bytes, stream));
    }

    /// <summary>Puts into <paramref name="stream"/> that bytes become <paramref name="value"/>.</summary>
    public void Fill(ulong address, byte value, long bytes, CudaStream stream)
    {
        _context.MakeCurrent();
        CudaCheck.Ok(CudaDriver.cuMemsetD8Async(address, value, (nuint)bytes, stream));
    }

    /// <summary>Compiles PTX text, or takes what an earlier process compiled from it, and loads it.</summary>
    /// <exception cref="CudaException">The driver's compiler refuses it; the log is in the exception.</exception>
    /// <exception cref="EnvironmentException">The driver is older than the PTX (<c>env_cuda</c>).</exception>
    public CudaModule Load(string ptx)
    {
        _context.MakeCurrent();
        string chip = $"{Device.Name} {Device.Major}.{Device.Minor}";
        string key = CubinCache.Key(ptx, JitLog.OptionText, _driverVersion, chip);
        return CudaJit.Load(_context, ptx, key, _cache);
    }

    /// <summary>A stream of its own.</summary>
    public CudaStream CreateStream()
    {
        _context.MakeCurrent();
        return new CudaStream(_context);
    }

    /// <summary>A mark for streams.</summary>
    public CudaEvent CreateEvent()
    {
        _context.MakeCurrent();
        return new CudaEvent(_context);
    }

    /// <summary>Waits for all streams.</summary>
    public void Synchronize()
    {
        _context.MakeCurrent();
        _context.Check(CudaDriver.cuCtxSynchronize());
    }

    /// <summary>Gives the GPU back once all that was made from this has been disposed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        _context.Dispose();
    }

    private static string Gigabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e9:0.00} GB");
}
