using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Gpu;

/// <summary>Owned memory of a device; freed when disposed. Its contents are undefined at the start.</summary>
public sealed class GpuBuffer : IDisposable
{
    private readonly GpuDevice _device;
    private bool _disposed;

    internal GpuBuffer(GpuDevice device, ulong address, long bytes)
    {
        _device = device;
        Address = address;
        Bytes = bytes;
    }

    /// <summary>Device address, a multiple of 256.</summary>
    public ulong Address { get; }

    /// <summary>Size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The buffer as elements of <typeparamref name="T"/>, for a kernel's argument.</summary>
    public Global<T> As<T>()
        where T : unmanaged => new(Address);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _device.Free(Address);
    }
}
