namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Reads buffers and the rules that fill them.</summary>
internal static class BufferReader
{
    private const long MaxBytes = 1L << 30;

    private static readonly Dictionary<string, PtxElementType> Types =
        Enum.GetValues<PtxElementType>().ToDictionary(type => type.ToString().ToLowerInvariant());

    /// <exception cref="PtxDescriptionException">It is not in the format.</exception>
    public static PtxBuffer Read(DescriptionNode node)
    {
        PtxElementType type = ReadType(node["type"]);
        int length = (int)node["length"].Integer(1, MaxBytes / type.Size());
        return new PtxBuffer(type, length, ReadInit(node["init"], type, length));
    }

    /// <exception cref="PtxDescriptionException">There is no such type.</exception>
    public static PtxElementType ReadType(DescriptionNode node) =>
        Types.TryGetValue(node.Text(), out PtxElementType type)
            ? type
            : throw node.Error($"unknown type '{node.Text()}' (expected one of {string.Join(", ", Types.Keys)})");

    private static PtxBufferInit? ReadInit(DescriptionNode node, PtxElementType type, int length)
    {
        string rule = node["rule"].Text();
        switch (rule)
        {
            case "uniform":
                if (!type.IsFloat())
                    throw node.Error($"rule uniform for {type} (expected a float)");
                return new PtxBufferInit.Uniform(Seed(node), node["amp"].Number());
            case "bits":
                return new PtxBufferInit.RandomBits(Seed(node));
            case "range":
                long low = node["lo"].Integer(long.MinValue, long.MaxValue);
                return new PtxBufferInit.IntegerRange(Seed(node), low, (uint)node["count"].Integer(1, uint.MaxValue));
            case "mix":
                return new PtxBufferInit.Mix(Seed(node), Patterns(node["hex"], type));
            case "fill":
                return new PtxBufferInit.Constant(node["hex"].Hex(type.Mask()));
            case "list":
                ulong[] patterns = Patterns(node["hex"], type);
                if (patterns.Length != length)
                    throw node["hex"].Error($"{patterns.Length} patterns (expected {length})");
                return new PtxBufferInit.Listed(patterns);
            case "iota":
                return new PtxBufferInit.Sequence(
                    node.Optional("start")?.Number() ?? 0, node.Optional("step")?.Number() ?? 1);
            case "none":
                return null;
            default:
                throw node["rule"].Error(
                    $"unknown rule '{rule}' (expected uniform, bits, range, mix, fill, list, iota or none)");
        }
    }

    private static ulong Seed(DescriptionNode node) => (ulong)node["seed"].Integer(0, long.MaxValue);

    private static ulong[] Patterns(DescriptionNode node, PtxElementType type)
    {
        ulong[] patterns = [.. node.Items().Select(item => item.Hex(type.Mask()))];
        return patterns.Length > 0 ? patterns : throw node.Error("empty (expected at least one pattern)");
    }
}
