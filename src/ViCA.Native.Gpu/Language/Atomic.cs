namespace ViCA.Native.Gpu.Language;

/// <summary>
/// Read-modify-write of one element of global or shared memory, as one step for all threads of the device (relaxed
/// order). Each returns the value before. T: int, uint, long, ulong; Add also float.
/// </summary>
public static class Atomic
{
    /// <summary>location += value.</summary>
    [Builtin(Builtin.AtomicAdd)]
    public static T Add<T>(ref T location, T value)
        where T : unmanaged => DeviceOnly.Throw<T>();

    /// <summary>location = min(location, value).</summary>
    [Builtin(Builtin.AtomicMin)]
    public static T Min<T>(ref T location, T value)
        where T : unmanaged => DeviceOnly.Throw<T>();

    /// <summary>location = max(location, value).</summary>
    [Builtin(Builtin.AtomicMax)]
    public static T Max<T>(ref T location, T value)
        where T : unmanaged => DeviceOnly.Throw<T>();

    /// <summary>location = value.</summary>
    [Builtin(Builtin.AtomicExchange)]
    public static T Exchange<T>(ref T location, T value)
        where T : unmanaged => DeviceOnly.Throw<T>();

    /// <summary>location = value where location was <paramref name="comparand"/>.</summary>
    [Builtin(Builtin.AtomicCompareExchange)]
    public static T CompareExchange<T>(ref T location, T value, T comparand)
        where T : unmanaged => DeviceOnly.Throw<T>();

    /// <summary>Reads a flag that another block releases (<c>ld.acquire.gpu</c>).</summary>
    [Builtin(Builtin.LoadAcquire)]
    public static T LoadAcquire<T>(ref T location)
        where T : unmanaged => DeviceOnly.Throw<T>();

    /// <summary>Writes a flag after all that this thread wrote (<c>st.release.gpu</c>).</summary>
    [Builtin(Builtin.StoreRelease)]
    public static void StoreRelease<T>(ref T location, T value)
        where T : unmanaged => DeviceOnly.Throw();
}
