namespace ViCA.Native.Cli;

/// <summary>Where files lie that can be made again.</summary>
internal static class CacheFolder
{
    /// <summary>`vica` below `XDG_CACHE_HOME`, or below `.cache` of the home folder.</summary>
    public static string Path
    {
        get
        {
            string? caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(caches))
                caches = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return System.IO.Path.Combine(caches, "vica");
        }
    }
}
