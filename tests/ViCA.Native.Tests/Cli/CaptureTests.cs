using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tests.Models;

namespace ViCA.Native.Tests.Cli;

public sealed class CaptureTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const string Model = "tiny-b";

    private static readonly FixtureCase One = FixtureCase.Find(Model, "one-frame");

    [Fact]
    public async Task WritesTheSitesThatWereNamed()
    {
        using TemporaryFolder folder = new();

        CliRun run = await Capture(
            folder["a.safetensors"], "--site", "logits", "--site", "projector.*", "--precision", "fp32");

        Assert.Equal($"{folder["a.safetensors"]}: 4 sites, ", run.Output[..(folder["a.safetensors"].Length + 11)]);
        using SafetensorsFile file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(
            ["logits", "projector.0", "projector.1", "projector.2"],
            file.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.All(file.Tensors, tensor => Assert.Equal("F32", tensor.ElementType.Name));
        Assert.Equal([1, 596], file.Find("logits")!.Shape);
        Assert.Equal(["a.safetensors"], folder.Names);
    }

    [Fact]
    public async Task NamesNearSites_WhenAPatternMatchesNone()
    {
        using TemporaryFolder folder = new();

        CliRun run = await Capture(folder["a.safetensors"], "--site", "logit");

        Assert.StartsWith(
            "error [request_site_pattern]: site pattern 'logit': matches no site; near names: logits, ",
            run.ErrorLine,
            StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task RefusesMoreThanAllowed_AndAFileThatExists()
    {
        using TemporaryFolder folder = new();
        string existing = folder.Write("b.safetensors", "kept");

        CliRun large = await Capture(folder["a.safetensors"], "--site", "*", "--max-bytes", "1kB");
        CliRun exists = await Capture(existing, "--site", "logits");

        Assert.StartsWith("error [resource_capture]: ", large.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(6, large.ExitCode);
        Assert.StartsWith("error [usage_output]: ", exists.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(existing));
        Assert.Equal(["b.safetensors"], folder.Names);
    }

    [Fact]
    public async Task NeverReplacesAFileOfTheModel()
    {
        string weights = Path.Combine(models.Folder(Model), "model.safetensors");
        byte[] before = File.ReadAllBytes(weights);

        CliRun run = await Capture(weights, "--site", "logits", "--force");

        Assert.EndsWith("model.safetensors: is the input (expected another file)", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(weights));
    }

    [Fact]
    public async Task NeverReplacesAFileOfTheModel_ThroughALinkedFolder()
    {
        using TemporaryFolder folder = new();
        Directory.CreateSymbolicLink(folder["link"], models.Folder(Model));

        CliRun run = await Capture(folder["link/model.safetensors"], "--site", "logits", "--force");

        Assert.EndsWith("model.safetensors: is the input (expected another file)", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    private Task<CliRun> Capture(string file, params string[] options) => CliRun.Of(
    [
        "capture", One.Clip(Model), One.Question, "--model", models.Folder(Model), "--frames", "1", "--out", file,
        .. options,
    ]);
}
