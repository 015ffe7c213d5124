using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Language;

/// <summary>
/// An address in global memory, where elements of <typeparamref name="T"/> lie one after the other. Indices are not
/// checked on a GPU (the emulator checks every access), and index arithmetic must not overflow 32 bits.
/// </summary>
/// <param name="address">Device address of element 0, a multiple of the size of <typeparamref name="T"/>.</param>
public readonly struct Global<T>(ulong address)
    where T : unmanaged
{
    /// <summary>Device address of element 0.</summary>
    public ulong Address => address;

    /// <summary>Element <paramref name="index"/>.</summary>
    public ref T this[int index] => ref Reference(Index(address, index, Unsafe.SizeOf<T>()));

    /// <summary>Element <paramref name="index"/>.</summary>
    public ref T this[long index] => ref Reference(address + (ulong)(index * Unsafe.SizeOf<T>()));

    public static Global<T> operator +(Global<T> start, int elements) =>
        new(Index(start.Address, elements, Unsafe.SizeOf<T>()));

    public static Global<T> operator +(Global<T> start, long elements) =>
        new(start.Address + (ulong)(elements * Unsafe.SizeOf<T>()));

    /// <summary>Element <paramref name="index"/>, which nothing writes during the launch (<c>ld.global.nc</c>).</summary>
    [Builtin(Builtin.LoadReadOnly)]
    public T LoadReadOnly(int index) => DeviceOnly.Throw<T>();

    /// <summary>Element <paramref name="index"/> where <paramref name="condition"/> holds, else <paramref name="other"/>.</summary>
    [Builtin(Builtin.LoadIf)]
    public T LoadIf(bool condition, int index, T other) => DeviceOnly.Throw<T>();

    /// <summary>Writes element <paramref name="index"/> where <paramref name="condition"/> holds.</summary>
    [Builtin(Builtin.StoreIf)]
    public void StoreIf(bool condition, int index, T value) => DeviceOnly.Throw();

    /// <summary>
    /// Elements <paramref name="index"/> …, in accesses of up to 16 bytes; the address must be a multiple of the
    /// access.
    /// </summary>
    [Builtin(Builtin.LoadVector)]
    public Registers<T, TLength> LoadVector<TLength>(int index)
        where TLength : struct, ILength => DeviceOnly.Throw<Registers<T, TLength>>();

    /// <summary>As <see cref="LoadVector{TLength}"/>, of memory that nothing writes during the launch.</summary>
    [Builtin(Builtin.LoadVectorReadOnly)]
    public Registers<T, TLength> LoadVectorReadOnly<TLength>(int index)
        where TLength : struct, ILength => DeviceOnly.Throw<Registers<T, TLength>>();

    /// <summary>As <see cref="LoadVector{TLength}"/> where <paramref name="condition"/> holds, else zeros.</summary>
    [Builtin(Builtin.LoadVectorIf)]
    public Registers<T, TLength> LoadVectorIf<TLength>(bool condition, int index)
        where TLength : struct, ILength => DeviceOnly.Throw<Registers<T, TLength>>();

    /// <summary>Writes elements <paramref name="index"/> …, in accesses of up to 16 bytes.</summary>
    [Builtin(Builtin.StoreVector)]
    public void StoreVector<TLength>(int index, Registers<T, TLength> values)
        where TLength : struct, ILength => DeviceOnly.Throw();

    /// <summary>As <see cref="StoreVector{TLength}"/> where <paramref name="condition"/> holds.</summary>
    [Builtin(Builtin.StoreVectorIf)]
    public void StoreVectorIf<TLength>(bool condition, int index, Registers<T, TLength> values)
        where TLength : struct, ILength => DeviceOnly.Throw();

    [Builtin(Builtin.GlobalReference)]
    private static ref T Reference(ulong address)
    {
        DeviceOnly.Throw();
        throw null;
    }

    [Builtin(Builtin.GlobalIndex)]
    private static ulong Index(ulong address, int index, int size) => address + (ulong)((long)index * size);
}
