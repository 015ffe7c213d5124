namespace ViCA.Native.Gpu.Emulator;

/// <summary>One piece of global memory.</summary>
internal sealed class EmulatedAllocation
{
    private readonly ulong[] _initialised;

    public EmulatedAllocation(ulong start, long bytes)
    {
        Start = start;
        End = start + (ulong)bytes;
        _initialised = new ulong[(bytes + 63) / 64];
    }

    public ulong Start { get; }

    public ulong End { get; }

    public bool Contains(ulong address, ulong bytes) => address >= Start && address < End && bytes <= End - address;

    /// <summary>Notes that bytes have been written, from <paramref name="address"/> on.</summary>
    public void MarkInitialised(ulong address, long bytes)
    {
        long first = (long)(address - Start);
        for (long offset = first; offset < first + bytes;)
        {
            int bit = (int)(offset & 63);
            int count = (int)Math.Min(64 - bit, first + bytes - offset);
            ulong mask = (count == 64 ? ulong.MaxValue : (1UL << count) - 1) << bit;
            Interlocked.Or(ref _initialised[offset >> 6], mask);
            offset += count;
        }
    }

    /// <summary>Notes that all of it has been written.</summary>
    public void MarkInitialised() => Array.Fill(_initialised, ulong.MaxValue);

    public bool IsInitialised(ulong address, int bytes)
    {
        long first = (long)(address - Start);
        for (long offset = first; offset < first + bytes; offset++)
        {
            if ((_initialised[offset >> 6] >> (int)(offset & 63) & 1) == 0)
                return false;
        }
        return true;
    }
}
