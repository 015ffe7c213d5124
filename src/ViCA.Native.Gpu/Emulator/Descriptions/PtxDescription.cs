namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>
/// PTX together with launches of it and what they must give: entry, grid, parameters, buffers by formula, expected
/// contents, expected counters.
/// </summary>
public sealed class PtxDescription
{
    internal PtxDescription(
        string name,
        string folder,
        IReadOnlyDictionary<GpuTarget, PtxSource> sources,
        IReadOnlyList<PtxCase> cases,
        ExpectedFinding? expectedFinding)
    {
        Name = name;
        Folder = folder;
        Sources = sources;
        Cases = cases;
        ExpectedFinding = expectedFinding;
    }

    /// <summary>The name that the description gives itself; that of the file when it gives none.</summary>
    public string Name { get; }

    /// <summary>The PTX of each target.</summary>
    public IReadOnlyDictionary<GpuTarget, PtxSource> Sources { get; }

    /// <summary>The launches, in the order of the file.</summary>
    public IReadOnlyList<PtxCase> Cases { get; }

    /// <summary>The defect that checking must find; null when it must find nothing.</summary>
    public ExpectedFinding? ExpectedFinding { get; }

    /// <summary>The folder in which the files lie that the description names.</summary>
    internal string Folder { get; }

    /// <summary>Reads a description; the files that it names are read when a case runs.</summary>
    /// <exception cref="PtxDescriptionException">There is no such file, or it is not in the format.</exception>
    public static PtxDescription Load(string path) => PtxDescriptionReader.Read(path);

    /// <summary>The contents of a file that the description names, checked against its sum.</summary>
    /// <exception cref="PtxDescriptionException">It cannot be read, or is another file.</exception>
    internal byte[] ReadFile(string name, string? sha256) => DescriptionFile.Read(Path.Combine(Folder, name), sha256);
}
