using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>
/// A folder that appears whole or not at all: its files are made in a temporary folder beside it (inside it, when it is
/// there already), which <see cref="Dispose"/> deletes unless <see cref="Commit"/> was reached.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly string _target;
    private readonly bool _targetExists;

    private StagedFolder(string target, bool targetExists, string stage)
    {
        _target = target;
        _targetExists = targetExists;
        Stage = stage;
    }

    /// <summary>Where the files are made. It exists.</summary>
    public string Stage { get; }

    /// <summary>
    /// Starts a folder. One that exists must be empty, or <paramref name="overwrite"/> allowed: then files of the same
    /// name are replaced. Throws <see cref="UsageException"/> `usage_output`.
    /// </summary>
    public static StagedFolder Create(string path, bool overwrite)
    {
        string shown = PrintableText.Clip(path);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target))
            throw Error($"{shown} is a file (expected a folder)");
        bool exists = Directory.Exists(target);
        if (exists && !overwrite && Directory.EnumerateFileSystemEntries(target).Any())
            throw Error($"{shown} exists; use --force");
        string parent = exists ? target : Path.GetDirectoryName(target) ?? target;
        if (!Directory.Exists(parent))
            throw Error($"{shown}: its folder does not exist");
        string stage = Path.Combine(parent, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.partial");
        try
        {
            Directory.CreateDirectory(stage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Error($"{shown}: cannot be written; check its folder", exception);
        }
        return new StagedFolder(target, exists, stage);
    }

    /// <summary>
    /// Gives the files their place. <paramref name="isStale"/> says which other files of an existing folder would
    /// contradict them: those are deleted.
    /// </summary>
    public void Commit(Func<string, bool> isStale)
    {
        // A name must not outlive a crash that its content does not.
        foreach (string file in Directory.GetFiles(Stage))
            DiskSync.File(file);
        DiskSync.Folder(Stage);
        if (!_targetExists)
        {
            Directory.Move(Stage, _target);
            DiskSync.Folder(Path.GetDirectoryName(_target)!);
            return;
        }

        HashSet<string> made = new(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(Stage))
        {
            string name = Path.GetFileName(file);
            made.Add(name);
            File.Move(file, Path.Combine(_target, name), overwrite: true);
        }
        foreach (string file in Directory.GetFiles(_target))
        {
            string name = Path.GetFileName(file);
            if (!made.Contains(name) && isStale(name))
                File.Delete(file);
        }

        DiskSync.Folder(_target);
    }

    /// <summary>Deletes what is left of the temporary folder.</summary>
    public void Dispose()
    {
        if (Directory.Exists(Stage))
            Directory.Delete(Stage, recursive: true);
    }

    private static UsageException Error(string message, Exception? inner = null) =>
        new(ErrorCodes.UsageOutput, message, inner);
}
