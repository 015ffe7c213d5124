using ViCA.Native.Gpu.Emulator.Checking;

namespace ViCA.Native.Gpu.Emulator;

/// <summary>One piece of global memory.</summary>
internal sealed class EmulatedAllocation(ulong start, long bytes)
{
    private readonly InitialisedBytes _initialised = new(bytes);

    public ulong Start { get; } = start;

    public ulong End { get; } = start + (ulong)bytes;

    /// <summary>It has been given back; whoever still knows it must look again.</summary>
    public bool IsFreed { get; set; }

    public bool Contains(ulong address, ulong bytes) => address >= Start && address < End && bytes <= End - address;

    /// <summary>Notes that bytes have been written, from <paramref name="address"/> on.</summary>
    public void MarkInitialised(ulong address, long bytes) => _initialised.Mark((long)(address - Start), bytes);

    /// <summary>Notes that all of it has been written.</summary>
    public void MarkInitialised() => MarkInitialised(Start, (long)(End - Start));

    public bool IsInitialised(ulong address, int bytes) => _initialised.AreMarked((long)(address - Start), bytes);
}
