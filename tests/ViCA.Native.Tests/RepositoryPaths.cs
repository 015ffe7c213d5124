namespace ViCA.Native.Tests;

/// <summary>Where the tests find their data: in the source tree.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = FindRoot();

    public static string Fixtures => Path.Combine(Root, "tests", "ViCA.Native.Tests", "Fixtures");

    /// <summary>Other people's data, present on some machines only.</summary>
    public static string External => Path.Combine(Root, "..", "shared", "external");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ViCA.Native.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("ViCA.Native.sln not found above the tests");
    }
}
