using System.Text.Json;
using ViCA.Native.Cli.KernelCheck;

namespace ViCA.Native.Tests.Cli;

/// <summary>`vica kernels`, on the emulator.</summary>
public sealed class KernelsTests
{
    [Fact]
    public async Task Run_GivesALineForEachCase()
    {
        CliRun run = await CliRun.Of("kernels", "run", "PoolFrame/BF16", "Convert/F32-BF16/3x127");

        CaseResult[] results = [.. run.Output.TrimEnd().Split('\n').Select(line => CaseResult.Parse(line)!)];
        Assert.Equal(
            ["Convert/F32-BF16/3x127", "PoolFrame/BF16/4x4x16", "PoolFrame/BF16/3x3x3584", "PoolFrame/BF16/2x2x13", "PoolFrame/BF16/1x1x8"],
            results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(result.Passed, result.Message));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task AnUnknownCase_IsRefused()
    {
        CliRun run = await CliRun.Of("kernels", "check", "Softmx");

        run.ShouldFail(2, "usage_option", "CASE: no case 'Softmx'; did you mean 'Softmax'?");
    }

    [Fact]
    public async Task AFolderThatCannotBeMade_IsRefusedBeforeTheWork()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("taken", "");

        CliRun run = await CliRun.Of("kernels", "check", "--output", file);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error [usage_output]: --output ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("taken: the folder cannot be made", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RunsWorkers_AndWritesBothFiles()
    {
        using TemporaryFolder folder = new();

        CliRun run = CliProcess.Run(["kernels", "check", "Convert", "--output", folder["results"]]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("4/4 Convert/BF16-F32/2x3584 passed\n", run.Error, StringComparison.Ordinal);
        string json = Assert.Single(Directory.GetFiles(folder["results"], "*-ptx-emulator.json"));
        Assert.Equal(4, JsonDocument.Parse(File.ReadAllText(json)).RootElement.GetProperty("cases").GetArrayLength());
        Assert.Equal(run.Output, File.ReadAllText(Path.ChangeExtension(json, "txt")));
    }
}
