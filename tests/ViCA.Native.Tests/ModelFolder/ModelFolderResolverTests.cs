using ViCA.Native.ModelFolder;

namespace ViCA.Native.Tests.ModelFolder;

/// <summary>Where models are looked for.</summary>
public sealed class ModelFolderResolverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = [];

    public ModelFolderResolverTests()
    {
        _variables["HOME"] = _folder["home"];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resolve_Folder() => Assert.Equal(_folder.Path, Resolve(_folder.Path));

    [Fact]
    public void Resolve_NothingNamed_TakesTheVariable()
    {
        _variables["VICA_MODEL"] = _folder.Path;
        Assert.Equal(_folder.Path, Resolve(null));
        Assert.Equal(_folder.Path, Resolve(""));
    }

    [Theory]
    [InlineData("HF_HUB_CACHE", "cache", "cache")]
    [InlineData("HUGGINGFACE_HUB_CACHE", "cache", "cache")]
    [InlineData("HF_HOME", "hf", "hf/hub")]
    [InlineData("XDG_CACHE_HOME", "xdg", "xdg/huggingface/hub")]
    [InlineData("HOME", "home", "home/.cache/huggingface/hub")]
    public void Resolve_Id(string variable, string value, string cache)
    {
        _variables[variable] = _folder[value];
        string snapshot = WriteSnapshot(cache, "nkkbr/ViCA", "96e8a61", main: "96e8a61\n");
        WriteSnapshot(cache, "nkkbr/ViCA", "0000000", main: null);
        Assert.Equal(snapshot, Resolve("nkkbr/ViCA"));
        Assert.Equal(snapshot, Resolve(null));
    }

    [Fact]
    public void Resolve_FirstVariableDecides()
    {
        _variables["HF_HUB_CACHE"] = _folder["a"];
        _variables["HF_HOME"] = _folder["b"];
        WriteSnapshot("b/hub", "nkkbr/ViCA", "1", main: "1");
        Assert.Throws<UsageException>(() => Resolve("nkkbr/ViCA"));
    }

    [Fact]
    public void Resolve_TildeInAVariable()
    {
        _variables["HF_HOME"] = "~/hf";
        Assert.Equal(WriteSnapshot("home/hf/hub", "a/b", "1", main: "1"), Resolve("a/b"));
    }

    [Fact]
    public void Resolve_OneSnapshotWithoutRef() =>
        Assert.Equal(WriteSnapshot("home/.cache/huggingface/hub", "a/b", "1", main: null), Resolve("a/b"));

    [Theory]
    [InlineData("../../../secret")]
    [InlineData("9999")]
    public void Resolve_RefThatNamesNoSnapshot(string main)
    {
        WriteSnapshot("home/.cache/huggingface/hub", "a/b", "1", main);
        WriteSnapshot("home/.cache/huggingface/hub", "a/b", "2", main);
        Refused(
            "a/b",
            "--model a/b: not found; looked in ./a/b, "
                + "~/.cache/huggingface/hub/models--a--b (no snapshot of its main revision); "
                + "run `hf download a/b` or pass the folder with --model");
    }

    [Fact]
    public void Resolve_IdNotInTheCache() => Refused(
        "nkkbr/ViCA",
        "--model nkkbr/ViCA: not found; looked in ./nkkbr/ViCA, "
            + "~/.cache/huggingface/hub/models--nkkbr--ViCA (not found); "
            + "run `hf download nkkbr/ViCA` or pass the folder with --model");

    [Fact]
    public void Resolve_NothingAnywhere() => Refused(
        null,
        "no --model given; looked in VICA_MODEL (not set), ~/.cache/huggingface/hub/models--nkkbr--ViCA (not found); "
            + "run `hf download nkkbr/ViCA` or pass the folder with --model");

    [Fact]
    public void Resolve_NoSuchFolder() => Refused(
        "/no/such/folder",
        "--model /no/such/folder: no such folder; run `hf download nkkbr/ViCA` or pass the folder with --model");

    [Fact]
    public void Resolve_VariableWithNoSuchFolder()
    {
        _variables["VICA_MODEL"] = "/no/such/folder";
        Refused(
            null,
            "VICA_MODEL /no/such/folder: no such folder; run `hf download nkkbr/ViCA` or pass the folder with --model");
    }

    [Fact]
    public void Resolve_File()
    {
        string path = _folder.Write("model.safetensors", "");
        UsageException exception = Assert.Throws<UsageException>(() => Resolve(path));
        Assert.EndsWith(": is a file (expected a model folder)", exception.Message, StringComparison.Ordinal);
    }

    private string WriteSnapshot(string cache, string id, string revision, string? main)
    {
        string model = $"{cache}/models--{id.Replace("/", "--", StringComparison.Ordinal)}";
        _folder.Write($"{model}/snapshots/{revision}/config.json", "{}");
        if (main is not null)
            _folder.Write($"{model}/refs/main", main);
        return _folder[$"{model}/snapshots/{revision}"];
    }

    private string Resolve(string? model) =>
        ModelFolderResolver.Resolve(model, name => _variables.GetValueOrDefault(name));

    private void Refused(string? model, string message)
    {
        UsageException exception = Assert.Throws<UsageException>(() => Resolve(model));
        Assert.Equal(("usage_model", message, 2), (exception.Code, exception.Message, exception.ExitCode));
    }
}
