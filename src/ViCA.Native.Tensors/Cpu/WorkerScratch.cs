using System.Runtime.InteropServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>Memory of one worker thread for packed panels; it grows to the largest request and stays.</summary>
internal sealed unsafe class WorkerScratch : IDisposable
{
    private void* _memory;
    private nuint _bytes;

    ~WorkerScratch() => Dispose();

    /// <summary>Room for <paramref name="floats"/> floats, 64-byte aligned, content undefined.</summary>
    public float* Floats(long floats)
    {
        nuint needed = checked((nuint)(floats * sizeof(float)) + 128);
        if (needed > _bytes)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = null;
            _memory = NativeMemory.AlignedAlloc(needed, 64);
            _bytes = needed;
        }

        return (float*)_memory;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _bytes = 0;
        GC.SuppressFinalize(this);
    }
}
