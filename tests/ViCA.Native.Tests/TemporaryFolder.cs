namespace ViCA.Native.Tests;

/// <summary>A folder of a test's own, deleted after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vica-test-").FullName;

    /// <summary>The names of everything in it, hidden files included.</summary>
    public string[] Names =>
        [.. new DirectoryInfo(Path).GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Copies files of another folder, without their permissions.</summary>
    public void CopyFrom(string folder, params string[] names)
    {
        foreach (string name in names)
            Write(name, File.ReadAllBytes(System.IO.Path.Combine(folder, name)));
    }

    /// <summary>Nothing of the folder is mapped or open in this process any more.</summary>
    public void AssertReleased()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Assert.DoesNotContain(Path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
        IEnumerable<string?> open = Directory.GetFiles("/proc/self/fd").Select(fd => new FileInfo(fd).LinkTarget);
        Assert.DoesNotContain(open, target => target?.StartsWith(Path, StringComparison.Ordinal) == true);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
