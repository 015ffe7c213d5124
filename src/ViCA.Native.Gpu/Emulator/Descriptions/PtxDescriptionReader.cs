using System.Text.Json;

namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>
/// Reads the JSON of a description. Properties that only inform (about, source, why, …) are not looked at; all others
/// must be right.
/// </summary>
internal static class PtxDescriptionReader
{
    private const int MaxThreadsPerBlock = 1024;

    private const int MaxDynamicSharedBytes = 227 * 1024;

    /// <summary>Limits of grids and clusters in x, y and z: CUDA C++ Programming Guide, compute capabilities.</summary>
    private static readonly int[] MaxGrid = [int.MaxValue, 65535, 65535];

    private static readonly int[] MaxBlock = [MaxThreadsPerBlock, MaxThreadsPerBlock, 64];

    /// <exception cref="PtxDescriptionException">There is no such file, or it is not in the format.</exception>
    public static PtxDescription Read(string path)
    {
        byte[] content = DescriptionFile.Read(path, null);
        JsonDocumentOptions options = new() { AllowDuplicateProperties = false };
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, options);
            return Read(new DescriptionNode(document.RootElement, Path.GetFileName(path)), path);
        }
        catch (JsonException failure)
        {
            throw new PtxDescriptionException($"{path}: not JSON: {failure.Message}", failure);
        }
    }

    private static PtxDescription Read(DescriptionNode root, string path)
    {
        Dictionary<GpuTarget, PtxSource> sources = [];
        foreach ((string name, DescriptionNode source) in root["ptx"].Properties())
            sources.Add(Target(source, name), new PtxSource(source["file"].Text(), source.Optional("sha256")?.Text()));
        if (sources.Count == 0)
            throw root["ptx"].Error("no PTX (expected sm_80 or sm_90a)");
        List<PtxCase> cases = [];
        foreach (DescriptionNode node in root["cases"].Items())
        {
            PtxCase item = ReadCase(node);
            if (cases.Exists(other => other.Name == item.Name))
                throw node.Error($"a second case '{item.Name}'");
            cases.Add(item);
        }
        return new PtxDescription(
            root.Optional("name")?.Text() ?? Path.GetFileNameWithoutExtension(path),
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            sources,
            cases,
            root.Optional("expectFinding") is { } finding ? ReadFinding(finding) : null);
    }

    private static PtxCase ReadCase(DescriptionNode node)
    {
        Dim3 block = Extent(node["block"], MaxBlock);
        if (block.Count > MaxThreadsPerBlock)
            throw node["block"].Error($"{block.Count} threads (expected at most {MaxThreadsPerBlock})");
        Dictionary<string, PtxBuffer> buffers = [];
        foreach ((string name, DescriptionNode buffer) in node.Optional("buffers")?.Properties() ?? [])
            buffers.Add(name, BufferReader.Read(buffer));
        return new PtxCase
        {
            Name = node["name"].Text(),
            Entry = node["entry"].Text(),
            Grid = Extent(node["grid"], MaxGrid),
            Block = block,
            Cluster = node.Optional("cluster") is { } cluster ? Extent(cluster, MaxGrid) : null,
            DynamicSharedBytes = (int)(node.Optional("dynamicShared")?.Integer(0, MaxDynamicSharedBytes) ?? 0),
            Targets = node.Optional("archs") is { } targets
                ? [.. targets.Items().Select(target => Target(target, target.Text()))]
                : null,
            Arguments = [.. (node.Optional("params")?.Items() ?? [])
                .Select(item => ArgumentReader.Read(item, buffers))],
            Buffers = buffers,
            Expected = [.. (node.Optional("expect")?.Items() ?? [])
                .Select(item => ExpectationReader.Read(item, buffers))],
            ExpectedCounters = [.. (node.Optional("counters")?.Items() ?? []).Select(ExpectationReader.ReadCounter)],
        };
    }

    private static ExpectedFinding ReadFinding(DescriptionNode node)
    {
        IEnumerable<DescriptionNode> alternatives = node.Optional("alsoAccepted")?.Items() ?? [];
        IEnumerable<DescriptionNode> elsewhere = node.Optional("findingLines")?.Items() ?? [];
        IEnumerable<DescriptionNode> lines = node.Optional("ptxLine") is { } line ? elsewhere.Prepend(line) : elsewhere;
        return new ExpectedFinding(
            [node["kind"].Text(), .. alternatives.Select(kind => kind.Text())],
            [.. lines.Select(number => (int)number.Integer(1, int.MaxValue))]);
    }

    private static Dim3 Extent(DescriptionNode node, int[] most)
    {
        IReadOnlyList<DescriptionNode> items = node.Items();
        if (items.Count != 3)
            throw node.Error($"{items.Count} numbers (expected x, y, z)");
        int[] extent = [.. items.Select((item, i) => (int)item.Integer(1, most[i]))];
        return new Dim3(extent[0], extent[1], extent[2]);
    }

    private static GpuTarget Target(DescriptionNode node, string name) => name switch
    {
        "sm_80" => GpuTarget.Sm80,
        "sm_90a" => GpuTarget.Sm90a,
        _ => throw node.Error($"unknown target '{name}' (expected sm_80 or sm_90a)"),
    };
}
