namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>The bytes of a buffer, read as elements.</summary>
internal readonly struct BufferContent(PtxElementType type, byte[] bytes)
{
    public PtxElementType Type => type;

    /// <summary>The pattern of an element.</summary>
    public ulong this[int index]
    {
        get
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(index * type.Size());
            return type.Size() switch
            {
                1 => at[0],
                2 => BitConverter.ToUInt16(at),
                4 => BitConverter.ToUInt32(at),
                _ => BitConverter.ToUInt64(at),
            };
        }
    }
}
