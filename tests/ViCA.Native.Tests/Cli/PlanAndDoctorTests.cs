using System.Text.Json;
using ViCA.Native.Cli.Doctor;
using ViCA.Native.Media.Video;
using ViCA.Native.Tests.Models;

namespace ViCA.Native.Tests.Cli;

public sealed class PlanAndDoctorTests(TinyModels models) : IClassFixture<TinyModels>
{
    [Fact]
    public async Task Plan_CountsTokensAndMemory()
    {
        CliRun run = await CliRun.Of("plan", "--model", models.Folder("tiny-a"), "--frames", "8", "--json");

        JsonElement json = run.Json;
        Assert.Equal(1680, json.GetProperty("videoTokens").GetInt32());
        Assert.Equal(6631040, json.GetProperty("weightBytes").GetInt64());
        Assert.True(json.GetProperty("totalBytes").GetInt64() > 6631040);
        Assert.True(json.GetProperty("availableBytes").GetInt64() > 0);
        Assert.True(json.GetProperty("estimatedSeconds").GetDouble() >= 0);
    }

    [Fact]
    public async Task Plan_RefusesWhatDoesNotFit_AfterThePlan()
    {
        CliRun run = await CliRun.Of("plan", "--model", models.Folder("tiny-a"), "--frames", "512");

        Assert.StartsWith("frames       512\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "error [request_context]: prompt: needs 107584 tokens: 107520 video + about 64 text (limit 32768); "
            + "ask for fewer frames",
            run.ErrorLine);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task Doctor_HasOneLineACheck()
    {
        CliRun text = await CliRun.Of("doctor");
        CliRun run = await CliRun.Of("doctor", "--json");

        Assert.Equal(7, text.Output.Count(c => c == '\n'));
        Assert.Equal(
            ["runtime", "processor", "memory", "libav", "disk", "model", "gpu"],
            run.Json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!));
        Assert.Equal(run.Json.GetProperty("ok").GetBoolean() ? 0 : 5, run.ExitCode);
    }

    [Fact]
    public void Doctor_EndsAFailedLine_WithWhatMendsIt()
    {
        LibavVersions none = new(null, null, null, null, "libavformat 59 not found; apt-get install libavformat59");

        EnvironmentCheck check = EnvironmentCheck.Libav(none);

        Assert.Equal("fail", check.Word);
        Assert.EndsWith("apt-get install libavformat59", check.Detail, StringComparison.Ordinal);
    }
}
