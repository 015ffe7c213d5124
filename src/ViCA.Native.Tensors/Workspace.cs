using System.Runtime.InteropServices;
using ViCA.Native.Gpu;

namespace ViCA.Native.Tensors;

/// <summary>
/// The arena of activations. Tensors are taken from it one after the other and given back all at once, by returning to
/// a <see cref="Mark"/>; its memory is kept for the next step, so a decode step allocates nothing. Not thread-safe.
/// </summary>
/// <param name="device">The device that the memory is taken from; null for the host.</param>
public sealed unsafe class Workspace(GpuDevice? device = null) : IDisposable
{
    private const long BlockBytes = 64L << 20;
    private const int Alignment = 64;

    private readonly List<(nint Address, long Bytes)> _blocks = [];
    private readonly List<GpuBuffer> _buffers = [];
    private int _block;
    private long _used;
    private bool _disposed;

    /// <summary>The device that the memory lies on; null for the host.</summary>
    public GpuDevice? Device => device;

    /// <summary>Bytes held, in use or not.</summary>
    public long CapacityBytes { get; private set; }

    /// <summary>The present fill, to be given to <see cref="Return"/>.</summary>
    public WorkspaceMark Mark() => new(_block, _used);

    /// <summary>Gives back all that was taken since <paramref name="mark"/>.</summary>
    public void Return(WorkspaceMark mark)
    {
        _block = mark.Block;
        _used = mark.Used;
    }

    /// <summary>A tensor [rows, columns] with undefined content, 64-byte aligned, padded by one vector.</summary>
    public Tensor Take(DType dtype, int rows, int columns) =>
        new(TakeBytes((long)rows * columns * dtype.Bytes()), dtype, rows, columns, device);

    /// <summary>Memory with undefined content, 64-byte aligned, with 64 more bytes behind it.</summary>
    public nint TakeBytes(long bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        long needed = (bytes + 2 * Alignment - 1) / Alignment * Alignment;
        while (_block < _blocks.Count && _used + needed > _blocks[_block].Bytes)
        {
            _block++;
            _used = 0;
        }

        if (_block == _blocks.Count)
            Grow(needed);
        nint address = _blocks[_block].Address + (nint)_used;
        _used += needed;
        return address;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (GpuBuffer buffer in _buffers)
            buffer.Dispose();
        FreeHost();
        GC.SuppressFinalize(this);
    }

    // A device is not thread-safe, and frees what is left when it is disposed.
    ~Workspace() => FreeHost();

    private void Grow(long needed)
    {
        long bytes = Math.Max(needed, BlockBytes);
        if (device is null)
        {
            _blocks.Add(((nint)NativeMemory.AlignedAlloc((nuint)bytes, Alignment), bytes));
        }
        else
        {
            GpuBuffer buffer = device.Allocate(bytes);
            _buffers.Add(buffer);
            _blocks.Add(((nint)buffer.Address, bytes));
        }

        CapacityBytes += bytes;
        _used = 0;
    }

    private void FreeHost()
    {
        if (device is null)
        {
            foreach ((nint address, long _) in _blocks)
                NativeMemory.AlignedFree((void*)address);
        }

        _blocks.Clear();
    }
}
