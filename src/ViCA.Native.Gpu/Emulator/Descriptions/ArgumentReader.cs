namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Reads the parameters of a launch.</summary>
internal static class ArgumentReader
{
    /// <summary>Bytes of parameters that an entry can have (PTX ISA 9.0, 5.1.6).</summary>
    private const int MaxBytes = 32764;

    /// <exception cref="PtxDescriptionException">It is not in the format, or names no buffer.</exception>
    public static PtxArgument Read(DescriptionNode node, IReadOnlyDictionary<string, PtxBuffer> buffers)
    {
        string name = node.Optional("name")?.Text() ?? "";
        string kind = node["kind"].Text();
        switch (kind)
        {
            case "buffer":
                long offset = node.Optional("offsetBytes")?.Integer(long.MinValue, long.MaxValue) ?? 0;
                return new PtxArgument.Pointer(name, Buffer(node["buffer"], buffers), offset);
            case "scalar":
                return ReadScalar(node, name);
            case "bytes":
                return ReadStructure(node, name, buffers);
            case "tensorMap":
                return new PtxArgument.TensorMap(name, Buffer(node["buffer"], buffers));
            default:
                throw node["kind"].Error($"unknown kind '{kind}' (expected buffer, scalar, bytes or tensorMap)");
        }
    }

    private static string Buffer(DescriptionNode node, IReadOnlyDictionary<string, PtxBuffer> buffers) =>
        buffers.ContainsKey(node.Text()) ? node.Text() : throw node.Error($"no buffer '{node.Text()}'");

    private static PtxArgument.Scalar ReadScalar(DescriptionNode node, string name)
    {
        PtxElementType type = BufferReader.ReadType(node["type"]);
        // The pattern is exact; a value beside it is for readers.
        if (node.Optional("hex") is { } hex)
            return new PtxArgument.Scalar(name, type, hex.Hex(type.Mask()));
        DescriptionNode value = node["value"];
        if (type.IsFloat())
            return new PtxArgument.Scalar(name, type, type.FromDouble(value.Number()));
        long least = type.IsSigned() ? -(long)(type.Mask() >> 1) - 1 : 0;
        long most = (long)Math.Min(type.IsSigned() ? type.Mask() >> 1 : type.Mask(), long.MaxValue);
        return new PtxArgument.Scalar(name, type, type.FromInteger(value.Integer(least, most)));
    }

    private static PtxArgument.Structure ReadStructure(
        DescriptionNode node, string name, IReadOnlyDictionary<string, PtxBuffer> buffers)
    {
        byte[] content = node["hex"].HexBytes();
        int size = (int)node["size"].Integer(1, MaxBytes);
        if (content.Length != size)
            throw node["hex"].Error($"{content.Length} bytes (expected size = {size})");
        List<(int Offset, string Buffer)> pointers = [];
        foreach (DescriptionNode pointer in node.Optional("pointers")?.Items() ?? [])
        {
            if (size < sizeof(ulong))
                throw pointer.Error($"no room for a pointer in {size} bytes");
            int offset = (int)pointer["offset"].Integer(0, size - sizeof(ulong));
            pointers.Add((offset, Buffer(pointer["buffer"], buffers)));
        }
        return new PtxArgument.Structure(name, content, pointers);
    }
}
