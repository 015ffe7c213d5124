namespace ViCA.Native.Gpu.Language;

/// <summary>The shared memory of a block. Its contents are undefined at the start.</summary>
public static class SharedMemory
{
    /// <summary>
    /// Room for <paramref name="length"/> elements, a constant. Every place in the code that allocates has its own room;
    /// up to 227 KB in all on Hopper.
    /// </summary>
    [Builtin(Builtin.SharedAllocate)]
    public static Shared<T> Allocate<T>(int length)
        where T : unmanaged => DeviceOnly.Throw<Shared<T>>();
}
