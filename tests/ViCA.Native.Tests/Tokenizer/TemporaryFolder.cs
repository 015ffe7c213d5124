namespace ViCA.Native.Tests.Tokenizer;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vica-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void CopyFrom(string folder, params string[] names)
    {
        foreach (string name in names)
            System.IO.File.WriteAllBytes(File(name), System.IO.File.ReadAllBytes(System.IO.Path.Combine(folder, name)));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
