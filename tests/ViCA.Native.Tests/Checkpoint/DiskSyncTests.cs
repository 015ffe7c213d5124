using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Tests.Checkpoint;

public sealed class DiskSyncTests
{
    [Fact]
    public void FileAndFolder_ThatAreThere()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a", "content");

        DiskSync.File(file);
        DiskSync.Folder(folder.Path);

        Assert.Equal("content", File.ReadAllText(file));
    }

    [Fact]
    public void Folder_ThatIsMissing()
    {
        using TemporaryFolder folder = new();

        IOException error = Assert.Throws<IOException>(() => DiskSync.Folder(folder["none"]));

        Assert.Equal($"{folder["none"]}: No such file or directory", error.Message);
    }
}
