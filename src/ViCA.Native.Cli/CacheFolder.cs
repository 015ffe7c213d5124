namespace ViCA.Native.Cli;

/// <summary>Where files lie that can be made again.</summary>
internal static class CacheFolder
{
    /// <summary>`vica` below `XDG_CACHE_HOME`, or below `.cache` of the home folder.</summary>
    public static string Of(CliConsole console)
    {
        string? caches = console.Variable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(caches))
            caches = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(caches, "vica");
    }
}
