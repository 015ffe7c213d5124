using System.Runtime.CompilerServices;

namespace ViCA.Native.Gpu.Language;

/// <summary>
/// A 32-bit address in the shared memory of this block, where elements of <typeparamref name="T"/> lie one after the
/// other. It comes from <see cref="SharedMemory.Allocate{T}"/>.
/// </summary>
public readonly struct Shared<T>
    where T : unmanaged
{
    private readonly uint _address;

    internal Shared(uint address)
    {
        _address = address;
    }

    /// <summary>Address of element 0 in the shared window of the block.</summary>
    public uint Address => _address;

    /// <summary>Element <paramref name="index"/>.</summary>
    public ref T this[int index] => ref Reference(_address + (uint)index * (uint)Unsafe.SizeOf<T>());

    public static Shared<T> operator +(Shared<T> start, int elements) =>
        new(start._address + (uint)elements * (uint)Unsafe.SizeOf<T>());

    /// <summary>Elements <paramref name="index"/> …, in accesses of up to 16 bytes (the address must be a multiple of it).</summary>
    [Builtin(Builtin.LoadVector)]
    public Registers<T, TLength> LoadVector<TLength>(int index)
        where TLength : struct, ILength => DeviceOnly.Throw<Registers<T, TLength>>();

    /// <summary>Writes elements <paramref name="index"/> …, in accesses of up to 16 bytes.</summary>
    [Builtin(Builtin.StoreVector)]
    public void StoreVector<TLength>(int index, Registers<T, TLength> values)
        where TLength : struct, ILength => DeviceOnly.Throw();

    [Builtin(Builtin.SharedReference)]
    private static ref T Reference(uint address)
    {
        DeviceOnly.Throw();
        throw null;
    }
}
