namespace ViCA.Native.Gpu.Language;

/// <summary>
/// A tile of <typeparamref name="TLength"/> values in registers of one thread. Every index must be a constant once the
/// loops around it are unrolled; where it is not, compilation is refused (never local memory). Its elements start as 0.
/// </summary>
public struct Registers<T, TLength>
    where T : unmanaged
    where TLength : struct, ILength
{
    /// <summary>Element <paramref name="index"/>.</summary>
    public ref T this[int index]
    {
        [Builtin(Builtin.RegistersElement)]
        get
        {
            DeviceOnly.Throw();
            throw null;
        }
    }
}
