using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>
/// The cache that `hf download` fills: `models--ORG--NAME/refs/main` holds a revision, `snapshots/REVISION` its files.
/// </summary>
internal sealed class HubCache
{
    private const int MaxRefBytes = 256;

    private readonly string _root;
    private readonly string _home;

    private HubCache(string root, string home)
    {
        _root = root;
        _home = home;
    }

    /// <summary>The cache by the rules of huggingface_hub: the first variable that is set decides.</summary>
    public static HubCache Locate(Func<string, string?> variable)
    {
        string? home = variable("HOME");
        if (string.IsNullOrEmpty(home))
            home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (Value("HF_HUB_CACHE") is { } cache)
            return new HubCache(cache, home);
        if (Value("HUGGINGFACE_HUB_CACHE") is { } legacy)
            return new HubCache(legacy, home);
        if (Value("HF_HOME") is { } hubHome)
            return new HubCache(Path.Combine(hubHome, "hub"), home);
        string caches = Value("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache");
        return new HubCache(Path.Combine(caches, "huggingface", "hub"), home);

        string? Value(string name)
        {
            string? value = variable(name);
            if (string.IsNullOrEmpty(value))
                return null;
            return value == "~" || value.StartsWith("~/", StringComparison.Ordinal) ? home + value[1..] : value;
        }
    }

    /// <summary>Whether the text has the form `ORG/NAME`.</summary>
    public static bool IsId(string text) => text.Split('/') is [var organization, var name]
        && FileNames.IsSafe(organization) && FileNames.IsSafe(name);

    /// <summary>
    /// The snapshot's folder: that of `refs/main`, or the only one when there is no such file; otherwise null.
    /// <paramref name="looked"/> says where and why.
    /// </summary>
    public string? Find(string id, out string looked)
    {
        string folder = Path.Combine(_root, "models--" + id.Replace("/", "--", StringComparison.Ordinal));
        if (!Directory.Exists(folder))
        {
            looked = $"{Shown(folder)} (not found)";
            return null;
        }
        string snapshots = Path.Combine(folder, "snapshots");
        string? revision = MainRevision(Path.Combine(folder, "refs", "main"));
        if (revision is null && Directory.Exists(snapshots))
        {
            string[] all = Directory.GetDirectories(snapshots);
            if (all.Length == 1)
                revision = Path.GetFileName(all[0]);
        }
        string? snapshot = revision is null ? null : Path.Combine(snapshots, revision);
        looked = $"{Shown(folder)} (no snapshot of its main revision)";
        return Directory.Exists(snapshot) ? snapshot : null;
    }

    private string Shown(string folder) =>
        folder.StartsWith(_home + "/", StringComparison.Ordinal) ? "~" + folder[_home.Length..] : folder;

    private static string? MainRevision(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > MaxRefBytes)
            return null;
        string revision = File.ReadAllText(path).Trim();
        return FileNames.IsSafe(revision) ? revision : null;
    }
}
