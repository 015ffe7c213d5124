namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Memory in one piece: an allocation, or the shared memory of a block.</summary>
/// <param name="start">Its first generic address.</param>
/// <param name="bytes">Its size.</param>
/// <param name="host">Where it lies in this process.</param>
internal readonly unsafe struct MemoryWindow(ulong start, long bytes, byte* host)
{
    /// <summary>Where the bytes lie in this process; null when not all of them are inside.</summary>
    public byte* Find(ulong address, long count)
    {
        ulong offset = address - start;
        return offset < (ulong)bytes && count <= bytes - (long)offset ? host + offset : null;
    }
}
