namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>A tensor that a file will hold. Shape: outermost dimension first, empty for a scalar.</summary>
public sealed record TensorDeclaration(string Name, DType DType, IReadOnlyList<long> Shape)
{
    /// <summary>The size of its data. Throws <see cref="OverflowException"/> beyond 63 bits.</summary>
    public long ByteLength
    {
        get
        {
            long bytes = DType.Bytes();
            foreach (long dimension in Shape)
                bytes = checked(bytes * dimension);
            return bytes;
        }
    }
}
