using System.Text.Json.Nodes;
using ViCA.Native.Tests.Models;

namespace ViCA.Native.Tests.Cli;

/// <summary>What only a process shows: exit codes, signals, pipes, bytes of arguments.</summary>
public sealed class ProcessTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const string Model = "tiny-a";

    private static readonly FixtureCase Count = FixtureCase.Find(Model, "count");

    [Fact]
    public void Demo_AnswersAndEqualsTheReference()
    {
        using TemporaryFolder cache = new();

        CliRun run = CliProcess.Run(["demo"], ("XDG_CACHE_HOME", cache.Path));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("the weights are synthetic, so the words mean nothing", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("equal to the reference implementation's\n", run.Output, StringComparison.Ordinal);
        Assert.Equal([cache["vica/demo-tiny-a-20"]], Directory.GetFileSystemEntries(cache["vica"]));
    }

    // One bit of a weight, so that the file is whole; a setting that only generation reads.
    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("generation_config.json")]
    public void Demo_MakesADamagedModelAgain(string damaged)
    {
        using TemporaryFolder cache = new();
        string tinyA = models.Folder(Model);
        foreach (string file in Directory.GetFiles(tinyA))
            cache.Write($"vica/demo-tiny-a-20/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        byte[] whole = File.ReadAllBytes(cache[$"vica/demo-tiny-a-20/{damaged}"]);
        whole[^20] ^= 1;
        string weights = cache["vica/demo-tiny-a-20/model.safetensors"];
        cache.Write($"vica/demo-tiny-a-20/{damaged}", whole);

        CliRun run = CliProcess.Run(["demo"], ("XDG_CACHE_HOME", cache.Path));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("model in the cache is damaged; it is made again", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("equal to the reference implementation's\n", run.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(weights).Length > 1_000_000);
    }

    [Fact]
    public void Demo_SaysSo_WhenItsCacheCannotBeWritten()
    {
        using TemporaryFolder folder = new();
        string cache = folder.Write("file", "no folder");

        CliRun run = CliProcess.Run(["demo"], ("XDG_CACHE_HOME", cache));

        run.ShouldFail(2, "usage_output", $"{cache}/vica: cannot be written; set XDG_CACHE_HOME to a folder that can");
    }

    [SkippableFact]
    public void Answers_WhenTheDiskUnderTheMessagesIsFull()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        string words = $"ask {Count.Clip(Model)} q --model {models.Folder(Model)} --frames 1 --max-new-tokens 1 --timings";
        using CliProcess process = CliProcess.Shell($"$VICA {words} 2> /dev/full");

        CliRun run = process.End();

        Assert.NotEqual("", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void ExitCode_IsThatOfTheError()
    {
        CliRun run = CliProcess.Run(["ask", "no-such-file.mp4", "q"]);

        run.ShouldFail(4, "media_not_found", "no-such-file.mp4: no such file");
    }

    [Fact]
    public void EndsQuietly_WhenNobodyReads()
    {
        using CliProcess process = CliProcess.Start(["inspect", "weights", "--model", models.Folder(Model)]);

        CliRun run = process.EndWithoutReader();

        Assert.Equal("", run.Error);
        Assert.Equal(141, run.ExitCode);
    }

    [SkippableFact]
    public void SaysSo_WhenTheDiskUnderTheOutputIsFull()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        using CliProcess process = CliProcess.Shell("$VICA --version > /dev/full");

        CliRun run = process.End();

        Assert.Equal("error [resource_disk]: standard output: not enough disk space while writing\n", run.Error);
        Assert.Equal(6, run.ExitCode);
    }

    [Fact]
    public void RefusesArguments_ThatAreNotUtf8()
    {
        using CliProcess process = CliProcess.Shell("$VICA ask \"$(printf 'a\\377.mp4')\" q");

        CliRun run = process.End();

        Assert.Equal("error [usage_option]: argument 2: not UTF-8; rename the file or correct the text", run.ErrorLine);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Synthesize_LeavesNothing_WhenStopped(string signal, int exitCode)
    {
        using TemporaryFolder folder = new();
        string tokenizer = Path.Combine(RepositoryPaths.Fixtures, Model, "model");
        JsonNode config = JsonNode.Parse(File.ReadAllText(Path.Combine(tokenizer, "config.json")))!;
        config["hidden_size"] = 1024;
        config["intermediate_size"] = 4096;
        config["num_hidden_layers"] = 32;
        string like = folder.Write("config.json", config.ToJsonString());
        using CliProcess process = CliProcess.Start(
        [
            "weights", "synthesize", "--like", like, "--seed", "1", "--tokenizer", tokenizer, "--out", folder["model"],
        ]);

        CliRun run = process.SignalWhen(() => folder.Names.Length > 1, signal);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal(["config.json"], folder.Names);
    }

    [Fact]
    public void Capture_LeavesNothing_WhenStopped()
    {
        using TemporaryFolder folder = new();
        using CliProcess process = CliProcess.Start(
        [
            "capture", Count.Clip(Model), "q", "--model", models.Folder(Model), "--frames", "64", "--site", "logits",
            "--out", folder["a.safetensors"],
        ]);

        CliRun run = process.SignalWhen(() => folder.Names.Length > 0, "INT");

        Assert.Equal(130, run.ExitCode);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Ask_KeepsWhatWasStreamed_WhenStopped()
    {
        using CliProcess process = CliProcess.Start(
        [
            "ask", Count.Clip(Model), Count.Question, "--model", models.Folder(Model), "--frames", "4",
            "--max-new-tokens", "20000",
        ]);

        CliRun run = process.SignalAfterOutput("INT");

        Assert.Equal(130, run.ExitCode);
        Assert.NotEqual("", run.Output);
        Assert.DoesNotContain("error", run.Error, StringComparison.Ordinal);
    }
}
