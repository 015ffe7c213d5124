using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors;

/// <summary>
/// A row-major matrix [rows, columns] in native memory: a view that does not own its memory. Weights are views of a
/// mapped checkpoint, activations of a <see cref="Workspace"/>. A vector is one row.
/// </summary>
/// <param name="Address">Address of element [0, 0]; rows lie one after the other without gaps.</param>
/// <param name="DType">Type of the elements.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
public readonly record struct Tensor(nint Address, DType DType, int Rows, int Columns)
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

    /// <summary>The bytes of this tensor, at most 2 GiB.</summary>
    public unsafe Span<byte> Bytes => new((void*)Address, checked((int)ByteLength));

    /// <summary>The elements as float32. Throws unless <see cref="DType"/> is F32.</summary>
    public unsafe Span<float> Floats => DType == DType.F32
        ? new Span<float>((void*)Address, checked((int)Length))
        : throw new InvalidOperationException($"a tensor of {DType} has no float32 view");

    /// <summary>The elements as bf16. Throws unless <see cref="DType"/> is BF16.</summary>
    public unsafe Span<BFloat16> BFloat16s => DType == DType.BF16
        ? new Span<BFloat16>((void*)Address, checked((int)Length))
        : throw new InvalidOperationException($"a tensor of {DType} has no bf16 view");

    /// <summary>Copies all elements, widened to float32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Length, nameof(destination));
        if (DType == DType.F32)
        {
            Floats.CopyTo(destination);
            return;
        }

        for (int row = 0, i = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++, i++)
                destination[i] = this[row, column];
        }
    }

    /// <summary>Element [row, column], widened.</summary>
    public unsafe float this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
                throw new ArgumentOutOfRangeException(nameof(row), $"[{row}, {column}] of {this}");
            nint index = (nint)row * Columns + column;
            return DType switch
            {
                DType.F32 => ((float*)Address)[index],
                DType.BF16 => ((BFloat16*)Address)[index],
                _ => (float)((Half*)Address)[index],
            };
        }
    }

    public override string ToString() => $"{DType} [{Rows}, {Columns}]";
}
