using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Tensors;

/// <summary>
/// A row-major matrix [rows, columns] in native memory, or in that of a device: a view that does not own its memory.
/// Weights are views of a mapped checkpoint or of their copy on the device, activations of a <see cref="Workspace"/>. A
/// vector is one row.
/// </summary>
/// <param name="Address">Address of element [0, 0]; rows lie one after the other without gaps.</param>
/// <param name="DType">Type of the elements.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Device">The device whose memory it lies in; null for the host's.</param>
public readonly record struct Tensor(nint Address, DType DType, int Rows, int Columns, GpuDevice? Device = null)
{
    /// <summary>Number of elements.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>Number of bytes.</summary>
    public long ByteLength => Length * DType.Bytes();

    /// <summary>Rows <paramref name="first"/> … of this tensor, sharing its memory.</summary>
    public Tensor Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Rows);
        return this with { Address = Address + (nint)((long)first * Columns * DType.Bytes()), Rows = count };
    }

    /// <summary>
    /// The bytes of this tensor, at most 2 GiB. Like every view here it needs a tensor of the host: what lies on a device is
    /// copied first, by <see cref="CopyTo(Span{float})"/> or <see cref="CopyTo(Span{byte})"/>.
    /// </summary>
    public unsafe Span<byte> Bytes => new((void*)HostAddress, checked((int)ByteLength));

    /// <summary>The elements as float32. Throws unless <see cref="DType"/> is F32.</summary>
    public unsafe Span<float> Floats => DType == DType.F32
        ? new Span<float>((void*)HostAddress, checked((int)Length))
        : throw new InvalidOperationException($"a tensor of {DType} has no float32 view");

    /// <summary>The elements as bf16. Throws unless <see cref="DType"/> is BF16.</summary>
    public unsafe Span<BFloat16> BFloat16s => DType == DType.BF16
        ? new Span<BFloat16>((void*)HostAddress, checked((int)Length))
        : throw new InvalidOperationException($"a tensor of {DType} has no bf16 view");

    private nint HostAddress => Device is null ? Address : throw new InvalidOperationException(
        $"{this} lies on {Device.Name}, the host cannot look at it; copy it with CopyTo");

    /// <summary>Copies all elements to the host, widened to float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Length, nameof(destination));
        if (DType == DType.F32)
        {
            CopyTo(MemoryMarshal.AsBytes(destination));
            return;
        }

        if (Device is not null)
        {
            CopyFromDevice(destination);
            return;
        }

        for (int row = 0, i = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++, i++)
                destination[i] = this[row, column];
        }
    }

    /// <summary>Copies all elements to the host as they lie, at most 2 GiB.</summary>
    public void CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, ByteLength, nameof(destination));
        if (Device is { } device)
            device.CopyToHost((ulong)Address, destination[..(int)ByteLength]);
        else
            Bytes.CopyTo(destination);
    }

    /// <summary>Fills the tensor with host bytes, as many as it has.</summary>
    public void CopyFrom(ReadOnlySpan<byte> source)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, ByteLength, nameof(source));
        if (Device is { } device)
            device.CopyToDevice(source, (ulong)Address);
        else
            source.CopyTo(Bytes);
    }

    /// <summary>Fills the tensor with another of its shape and type that lies in the same memory.</summary>
    public void CopyFrom(Tensor source)
    {
        if (source with { Address = Address } != this)
            throw new ArgumentException($"{source} (expected {this}, in the same memory)", nameof(source));
        if (Device is { } device)
            device.CopyOnDevice((ulong)source.Address, (ulong)Address, ByteLength);
        else
            source.Bytes.CopyTo(Bytes);
    }

    /// <summary>Element [row, column], widened.</summary>
    public unsafe float this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
                throw new ArgumentOutOfRangeException(nameof(row), $"[{row}, {column}] of {this}");
            nint index = (nint)row * Columns + column;
            nint address = HostAddress;
            return DType switch
            {
                DType.F32 => ((float*)address)[index],
                DType.BF16 => ((BFloat16*)address)[index],
                _ => (float)((Half*)address)[index],
            };
        }
    }

    public override string ToString() => $"{DType} [{Rows}, {Columns}]";

    /// <summary>The address for a kernel.</summary>
    internal Global<T> Global<T>()
        where T : unmanaged => new((ulong)Address);

    private void CopyFromDevice(Span<float> destination)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(checked((int)ByteLength));
        CopyTo(bytes);
        ReadOnlySpan<BFloat16> values = MemoryMarshal.Cast<byte, BFloat16>(bytes.AsSpan(0, (int)ByteLength));
        for (int i = 0; i < values.Length; i++)
            destination[i] = values[i];
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
