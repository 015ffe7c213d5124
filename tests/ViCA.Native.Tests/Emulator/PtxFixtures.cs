using System.Text.Json;
using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Tests.Emulator;

/// <summary>The PTX that another compiler made, with its descriptions.</summary>
internal static class PtxFixtures
{
    private const string DefectPrefix = "broken_";

    /// <summary>The kernels without tensor cores and asynchronous copies.</summary>
    public static string[] Kernels { get; } = [.. Names().Where(name => !name.StartsWith(DefectPrefix, StringComparison.Ordinal))];

    /// <summary>The planted defects.</summary>
    public static string[] Defects { get; } = [.. Names().Where(name => name.StartsWith(DefectPrefix, StringComparison.Ordinal))];

    public static PtxDescription Load(string name) => PtxDescription.Load(PathOf($"{name}.json"));

    public static string PathOf(string file) => Path.Combine(RepositoryPaths.Fixtures, "ptx", file);

    /// <summary>Whether a case must be without findings.</summary>
    public static bool MustBeClean(string kernel, string name)
    {
        using JsonDocument clean = JsonDocument.Parse(File.ReadAllBytes(PathOf("clean.json")));
        return clean.RootElement.GetProperty("mustBeClean").EnumerateArray()
            .Where(row => row.GetProperty("kernel").GetString() == kernel)
            .SelectMany(row => row.GetProperty("cases").EnumerateArray())
            .Any(item => item.GetString() == name);
    }

    private static IEnumerable<string> Names() =>
        Directory.GetFiles(PathOf(""), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => name != "clean")
            .Order(StringComparer.Ordinal);
}
