using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Tests.Checkpoint;

/// <summary>Weights that change while they are mapped.</summary>
public sealed class ChangedFileTests : IDisposable
{
    private const string Header = """{"x":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RequireUnchanged_RefusesAFileThatWasReplacedOrWrittenTo(bool replaced)
    {
        string path = _folder.Write("m.safetensors", SafetensorsBytes.Of(Header, new byte[8]));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        file.RequireUnchanged();
        if (replaced)
            File.Move(_folder.Write("other", "another version"), path, overwrite: true);
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        WeightsFormatException exception = Assert.Throws<WeightsFormatException>(file.RequireUnchanged);

        Assert.Equal(("weights_changed", 3), (exception.Code, exception.ExitCode));
        Assert.StartsWith("m.safetensors: changed while in use (expected 71 bytes of ", exception.Message);
        string found = replaced ? "15 bytes" : "71 bytes";
        Assert.EndsWith($"found {found} of 2001-02-03T04:05:06Z); load the model again", exception.Message);
    }

    [Fact]
    public void RequireUnchanged_RefusesAFileThatIsGone()
    {
        string path = _folder.Write("m.safetensors", SafetensorsBytes.Of(Header, new byte[8]));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        File.Delete(path);

        WeightsFormatException exception = Assert.Throws<WeightsFormatException>(file.RequireUnchanged);

        Assert.EndsWith("found none); load the model again", exception.Message);
    }
}
