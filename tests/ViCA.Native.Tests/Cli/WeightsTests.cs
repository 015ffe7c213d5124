using System.Text.Json;
using ViCA.Native.Tests.Models;

namespace ViCA.Native.Tests.Cli;

public sealed class WeightsTests(TinyModels models) : IClassFixture<TinyModels>
{
    private static readonly string Tokenizer = Path.Combine(RepositoryPaths.Fixtures, "tiny-a", "model");

    [Fact]
    public async Task Synthesize_MakesAFolder_ThatIsVerified()
    {
        using TemporaryFolder folder = new();
        string model = folder["tiny-a"];

        CliRun made = await Synthesize(model, "--json");
        CliRun again = await Synthesize(model);
        CliRun verified = await CliRun.Of("weights", "verify", model, "--json");

        Assert.Equal(97, made.Json.GetProperty("tensorCount").GetInt32());
        Assert.Equal(3315520, made.Json.GetProperty("parameterCount").GetInt64());
        again.ShouldFail(2, "usage_output", $"{Clip(model)} exists; use --force");
        Assert.True(verified.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(640, verified.Json.GetProperty("vocabularyRows").GetInt32());
        Assert.Equal(["tiny-a"], folder.Names);
    }

    [Fact]
    public async Task Synthesize_RefusesAnUnknownModel()
    {
        using TemporaryFolder folder = new();

        CliRun run = await CliRun.Of(
            "weights", "synthesize", "--like", "tiny-z", "--seed", "1", "--tokenizer", Tokenizer, "--out", folder["m"]);

        string start = "error [usage_option]: --like tiny-z: unknown model (expected ";
        Assert.StartsWith(start, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Verify_FindsAValueThatIsNotFinite()
    {
        string folder = models.FolderWithStopTokens("tiny-a", [3]);
        string file = Path.Combine(folder, "model.safetensors");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] = 0x7F;
        bytes[^2] = 0xC0;
        File.WriteAllBytes(file, bytes);

        CliRun run = await CliRun.Of("weights", "verify", folder);

        string start = "error [numeric_weights]: model.safetensors: tensor '";
        Assert.StartsWith(start, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public async Task Verify_FindsAFileThatWasCut()
    {
        string folder = models.FolderWithStopTokens("tiny-a", [4]);
        string file = Path.Combine(folder, "model.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);

        CliRun run = await CliRun.Of("weights", "verify", folder);

        Assert.StartsWith("error [weights_truncated]: model.safetensors: ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public async Task Verify_RefusesAFolderThatIsMissing()
    {
        CliRun run = await CliRun.Of("weights", "verify", "no-such-folder");

        run.ShouldFail(2, "usage_model", "no-such-folder: no such folder");
    }

    private static Task<CliRun> Synthesize(string model, params string[] options) => CliRun.Of(
    [
        "weights", "synthesize", "--like", "tiny-a", "--seed", "20", "--tokenizer", Tokenizer, "--out", model,
        .. options,
    ]);

    private static string Clip(string path) => ViCA.Native.Tensors.Checkpoint.PrintableText.Clip(path);
}
