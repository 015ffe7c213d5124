namespace ViCA.Native.Tests;

internal static class RepositoryPaths
{
    public static string Root { get; } = FindRoot();

    public static string Fixtures => Path.Combine(Root, "tests", "ViCA.Native.Tests", "Fixtures");

    public static string External => Path.Combine(Root, "..", "shared", "external");

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ViCA.Native.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("ViCA.Native.sln is in no folder above the tests");
    }
}
