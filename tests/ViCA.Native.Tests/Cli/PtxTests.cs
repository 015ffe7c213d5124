using System.Text.Json;
using ViCA.Native.Tests.Checkpoint;
using ViCA.Native.Tests.Emulator;

namespace ViCA.Native.Tests.Cli;

public sealed class PtxTests
{
    private static readonly string Saxpy = PtxFixtures.PathOf("saxpy.json");

    [Fact]
    public async Task Run_ShowsATableOfTheCases()
    {
        CliRun run = await CliRun.Of("ptx", "run", Saxpy);

        Assert.Equal(
            "case   arch   result  outputs  findings\n"
            + "n1000  sm_80  passed      1/1         0\n"
            + "n1     sm_80  passed      1/1         0\n",
            run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Run_AsJson_HasEveryCase()
    {
        CliRun run = await CliRun.Of("ptx", "run", Saxpy, "--case", "n1", "--json");

        JsonElement item = Assert.Single(run.Json.GetProperty("cases").EnumerateArray());
        Assert.Equal(
            """{"name":"n1","arch":"sm_80","passed":true,"outputs":[{"buffer":"y","equal":true,"firstDifference":null}],"findings":[],"counters":[]}""",
            item.GetRawText());
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task ADifference_IsNamed_AndFails()
    {
        using TemporaryFolder folder = Changed();

        CliRun text = await CliRun.Of("ptx", "run", folder["saxpy.json"], "--case", "n1");
        CliRun json = await CliRun.Of("ptx", "run", folder["saxpy.json"], "--case", "n1", "--json");

        Assert.Equal(1, text.ExitCode);
        Assert.Matches(@"\nn1 sm_80: y\[0\] = \S+ \(0x[0-9a-f]{8}\) \(expected 0 \(0x00000000\)\)\n", text.Output);
        Assert.Equal(1, json.ExitCode);
        JsonElement output = json.Json.GetProperty("cases")[0].GetProperty("outputs")[0];
        Assert.False(output.GetProperty("equal").GetBoolean());
        Assert.Equal(0, output.GetProperty("firstDifference").GetProperty("index").GetInt32());
        Assert.Equal("0 (0x00000000)", output.GetProperty("firstDifference").GetProperty("expected").GetString());
    }

    [Fact]
    public async Task Check_FindsThePlantedDefect()
    {
        string file = PtxFixtures.PathOf("broken_missing_bar.json");

        CliRun run = await CliRun.Of("ptx", "run", file, "--mode", "check", "--json");

        JsonElement finding = run.Json.GetProperty("cases")[0].GetProperty("findings")[0];
        Assert.Equal("race", finding.GetProperty("kind").GetString());
        Assert.InRange(finding.GetProperty("ptxLine").GetInt32(), 51, 59);
        Assert.Equal(JsonValueKind.Null, finding.GetProperty("file").ValueKind);
        Assert.Equal(JsonValueKind.Null, finding.GetProperty("line").ValueKind);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Check_WithoutThePlantedDefect_Fails()
    {
        using TemporaryFolder folder = new();
        string text = File.ReadAllText(Saxpy).Replace(
            "\"needs\": []", "\"expectFinding\": {\"kind\": \"race\", \"ptxLine\": 1}", StringComparison.Ordinal);
        folder.Write("d.json", text);
        foreach (string file in (string[])["saxpy.sm_80.ptx", "saxpy.n1.y.bin", "saxpy.n1000.y.bin"])
            File.Copy(PtxFixtures.PathOf(file), folder[file]);

        CliRun check = await CliRun.Of("ptx", "run", folder["d.json"], "--mode", "check");
        CliRun run = await CliRun.Of("ptx", "run", folder["d.json"]);

        Assert.Equal(1, check.ExitCode);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Counters_AreComparedWhereTheDescriptionHasSome()
    {
        string file = PtxFixtures.PathOf("transpose.json");

        CliRun run = await CliRun.Of("ptx", "run", file, "--case", "plain", "--json");

        JsonElement counter = run.Json.GetProperty("cases")[0].GetProperty("counters").EnumerateArray()
            .Single(row => row.GetProperty("instruction").GetString() == "ld.shared");
        Assert.Equal(32, counter.GetProperty("requests").GetInt64());
        Assert.Equal(1024, counter.GetProperty("wavefronts").GetInt64());
        Assert.Equal(992, counter.GetProperty("conflicts").GetInt64());
        Assert.True(counter.GetProperty("equal").GetBoolean());
        Assert.True(
            run.Json.GetProperty("cases")[0].GetProperty("totals").GetProperty("classes")
                .GetProperty("sharedMemory").GetInt64() >= 64);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task WhatTheEmulatorDoesNotHave_IsRefusedByName()
    {
        CliRun run = await CliRun.Of("ptx", "run", PtxFixtures.PathOf("broken_proxy_fence_wgmma.json"), "--json");

        JsonElement error = run.Json.GetProperty("cases")[0].GetProperty("error");
        Assert.Equal(ErrorCodes.PtxUnsupported, error.GetProperty("code").GetString());
        Assert.Contains("wgmma", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("profile")]
    public async Task Cuda_NeitherFindsNorCounts(string mode)
    {
        CliRun run = await CliRun.Of("ptx", "run", Saxpy, "--device", "cuda", "--mode", mode);

        run.ShouldFail(
            2,
            "usage_conflict",
            "--mode check and profile need --device emulator: a GPU neither finds nor counts");
    }

    [Fact]
    public async Task AnUnknownCase_IsRefused()
    {
        CliRun run = await CliRun.Of("ptx", "run", Saxpy, "--case", "n100");

        run.ShouldFail(2, "usage_option", "--case: no case 'n100' in saxpy; did you mean 'n1000'?");
    }

    [Fact]
    public async Task ATargetWithoutPtx_IsRefused()
    {
        CliRun run = await CliRun.Of("ptx", "run", Saxpy, "--arch", "sm_90a");

        run.ShouldFail(2, "usage_option", "--arch: saxpy has nothing for this target; leave --arch out");
    }

    [Fact]
    public async Task AFileThatIsNoDescription_IsRefused()
    {
        CliRun run = await CliRun.Of("ptx", "run", PtxFixtures.PathOf("clean.json"));

        run.ShouldFail(2, "ptx_description", "clean.json: 'ptx' missing");
    }

    /// <summary>saxpy, whose expected file for n1 holds a zero.</summary>
    private static TemporaryFolder Changed()
    {
        TemporaryFolder folder = new();
        const string Sum = "03130f174754e9ee1c9c4095124ac5d845372e4529b4edf269a0b704cb6664c2";
        const string SumOfZeros = "df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119";
        folder.Write("saxpy.json", File.ReadAllText(Saxpy).Replace(Sum, SumOfZeros, StringComparison.Ordinal));
        folder.Write("saxpy.n1.y.bin", new byte[4]);
        File.Copy(PtxFixtures.PathOf("saxpy.sm_80.ptx"), folder["saxpy.sm_80.ptx"]);
        return folder;
    }
}
