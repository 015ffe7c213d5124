using System.Collections.ObjectModel;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// A tensor in a mapped safetensors file: row-major, little-endian, at any byte alignment. It reads the map of its file
/// and keeps it reachable; after the file's (or checkpoint's) <c>Dispose</c> its data must not be touched.
/// </summary>
public sealed class CheckpointTensor
{
    private readonly SafetensorsFile _file;
    private readonly long _offset;

    internal CheckpointTensor(SafetensorsFile file, SafetensorsEntry entry)
    {
        _file = file;
        _offset = file.DataOffset + (long)entry.Begin;
        Name = entry.Name;
        ElementType = entry.Type;
        Shape = new ReadOnlyCollection<long>(entry.Shape);
        ByteLength = (long)(entry.End - entry.Begin);
    }

    /// <summary>The tensor's name in the file.</summary>
    public string Name { get; }

    /// <summary>The element type as the file names it.</summary>
    public ElementType ElementType { get; }

    /// <summary>
    /// The element type; throws <see cref="InvalidOperationException"/> where it is not one of models.
    /// </summary>
    public DType DType => ElementType.ToDType();

    /// <summary>The dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count => ByteLength / ElementType.Bytes;

    /// <summary>The size of the data in bytes.</summary>
    public long ByteLength { get; }

    /// <summary>The name of the file that holds it, without a folder.</summary>
    public string ShardName => _file.FileName;

    /// <summary>
    /// Where the data begin in the map of the file (shared, read-only: writing to it ends the process).
    /// </summary>
    public nint Address => _file.Address + (nint)_offset;

    /// <summary>
    /// The data of a tensor below 2 GiB as elements of type <typeparamref name="T"/>, whose size must be the element
    /// type's (or 1). The span reads the map: it must not outlive the file.
    /// </summary>
    public unsafe ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        if (sizeof(T) != 1 && sizeof(T) != ElementType.Bytes)
            throw new ArgumentException($"{typeof(T).Name} is not the size of {ElementType.Name}, the type of {Name}");
        return new ReadOnlySpan<T>((void*)Address, checked((int)(ByteLength / sizeof(T))));
    }

    /// <summary>Whether <see cref="Shape"/> equals <paramref name="shape"/>.</summary>
    public bool HasShape(ReadOnlySpan<long> shape)
    {
        if (shape.Length != Shape.Count)
            return false;
        for (int i = 0; i < shape.Length; i++)
        {
            if (Shape[i] != shape[i])
                return false;
        }
        return true;
    }
}
