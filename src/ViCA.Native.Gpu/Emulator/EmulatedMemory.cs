using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>
/// Global memory of an emulated device. A device address is the address in this process, a multiple of 256, with unused
/// bytes around each allocation, so that a step outside is noticed. Safe for concurrent use.
/// </summary>
public sealed unsafe class EmulatedMemory : IDisposable
{
    private const int Alignment = 256;
    private const int GuardBytes = 512;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, nint> _blocks = [];
    private EmulatedAllocation[] _sorted = [];

    /// <summary>The address of new memory of that size in bytes, its contents unspecified.</summary>
    public ulong Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        nuint total = (nuint)((bytes + (2 * GuardBytes) + Alignment - 1) / Alignment * Alignment);
        byte* block = (byte*)NativeMemory.AlignedAlloc(total, Alignment);
        new Span<byte>(block, GuardBytes).Fill(0xCD);
        NativeMemory.Fill(block + GuardBytes + bytes, total - (nuint)(GuardBytes + bytes), 0xCD);
        ulong address = (ulong)block + GuardBytes;
        lock (_lock)
        {
            _blocks.Add(address, (nint)block);
            List<EmulatedAllocation> all = [.. _sorted, new EmulatedAllocation(address, bytes)];
            all.Sort((a, b) => a.Start.CompareTo(b.Start));
            _sorted = [.. all];
        }
        return address;
    }

    /// <summary>Gives memory back that <see cref="Allocate"/> returned; 0 is ignored.</summary>
    public void Free(ulong address)
    {
        if (address == 0)
            return;
        lock (_lock)
        {
            if (!_blocks.Remove(address, out nint block))
                throw new ArgumentException($"0x{address:x} was not allocated here", nameof(address));
            EmulatedAllocation freed = Array.Find(_sorted, allocation => allocation.Start == address)!;
            freed.IsFreed = true;
            _sorted = [.. _sorted.Where(allocation => allocation != freed)];
            NativeMemory.AlignedFree((void*)block);
        }
    }

    /// <summary>Copies from the host.</summary>
    public void Write(ulong address, ReadOnlySpan<byte> source)
    {
        Require(address, source.Length).MarkInitialised(address, source.Length);
        source.CopyTo(new Span<byte>((void*)address, source.Length));
    }

    /// <summary>Copies to the host.</summary>
    public void Read(ulong address, Span<byte> destination)
    {
        Require(address, destination.Length);
        new ReadOnlySpan<byte>((void*)address, destination.Length).CopyTo(destination);
    }

    /// <summary>Copies within the device; the ranges do not overlap.</summary>
    public void Copy(ulong source, ulong destination, long bytes)
    {
        Require(source, bytes);
        Require(destination, bytes).MarkInitialised(destination, bytes);
        Buffer.MemoryCopy((void*)source, (void*)destination, bytes, bytes);
    }

    /// <summary>Frees everything.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (nint block in _blocks.Values)
                NativeMemory.AlignedFree((void*)block);
            _blocks.Clear();
            _sorted = [];
        }
    }

    /// <summary>The allocations in order of their addresses.</summary>
    internal IReadOnlyList<EmulatedAllocation> Allocations => _sorted;

    /// <summary>The allocation that holds the byte, or null.</summary>
    internal EmulatedAllocation? Find(ulong address)
    {
        EmulatedAllocation? below = FindBelow(address);
        return below is not null && address < below.End ? below : null;
    }

    /// <summary>The last allocation that starts at the address or before it, for messages.</summary>
    internal EmulatedAllocation? FindBelow(ulong address)
    {
        EmulatedAllocation[] sorted = _sorted;
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? null : sorted[low - 1];
    }

    private EmulatedAllocation Require(ulong address, long bytes)
    {
        EmulatedAllocation? allocation = FindBelow(address);
        if (allocation is null || address + (ulong)bytes > allocation.End)
            throw new ArgumentException($"{bytes} bytes at 0x{address:x} are not inside one allocation", nameof(address));
        return allocation;
    }
}
