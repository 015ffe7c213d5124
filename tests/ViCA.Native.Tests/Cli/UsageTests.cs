using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("ask a b --frame 3", "unknown option '--frame'; did you mean '--frames'?")]
    [InlineData("ask --frame a b", "unknown option '--frame'; did you mean '--frames'?")]
    [InlineData("ask a b --sampling=fps:1 --jsn", "unknown option '--jsn'; did you mean '--json'?")]
    [InlineData("ask a b --zzzzzz", "unknown option '--zzzzzz'; put -- before an argument that begins with -")]
    [InlineData("ask a -5", "unknown option '-5'; put -- before an argument that begins with -")]
    [InlineData("ask a b --frames", "--frames: value missing")]
    [InlineData("ask a b --frames --json", "--frames: value missing")]
    [InlineData("ask a b --frames 3 --frames 4", "--frames: given 2 times (expected once)")]
    [InlineData("ask a b -v -v", "--verbose: given 2 times (expected once)")]
    [InlineData("ask a b --stop --frames 3", "--stop: value missing")]
    [InlineData("ask a b --frames abc", "--frames = abc (expected 1 to 512)")]
    [InlineData("ask a b --frames -1", "--frames = -1 (expected 1 to 512)")]
    [InlineData("ask a b --frames 0", "--frames = 0 (expected 1 to 512)")]
    [InlineData("ask a b --frames 513", "--frames = 513 (expected 1 to 512)")]
    [InlineData("ask a b --frames 1e3", "--frames = 1e3 (expected 1 to 512)")]
    [InlineData("ask a b --frames 1,5", "--frames = 1,5 (expected 1 to 512)")]
    [InlineData("ask a b --frames 1.5", "--frames = 1.5 (expected 1 to 512)")]
    [InlineData("ask a b --max-new-tokens 0", "--max-new-tokens = 0 (expected 1 to 32768)")]
    [InlineData("ask a b --max-new-tokens 1000000000", "--max-new-tokens = 1000000000 (expected 1 to 32768)")]
    [InlineData("ask a b --temperature NaN", "--temperature = NaN (expected 0 to 2)")]
    [InlineData("ask a b --temperature 1e400", "--temperature = 1e400 (expected 0 to 2)")]
    [InlineData("ask a b --temperature 3", "--temperature = 3 (expected 0 to 2)")]
    [InlineData("ask a b --temperature 0,5", "--temperature = 0,5 (expected 0 to 2)")]
    [InlineData("ask a b --top-p 1.5", "--top-p = 1.5 (expected 0 to 1)")]
    [InlineData("ask a b --top-k -1", "--top-k = -1 (expected 0 to 1000000)")]
    [InlineData("ask a b --seed x", "--seed = x (expected 0 to 9223372036854775807)")]
    [InlineData("ask a b --precision fp8", "--precision = fp8 (expected bf16|fp32)")]
    [InlineData("ask a b --device tpu", "--device = tpu (expected cpu|emulator|cuda|auto)")]
    [InlineData("ask a b --sampling random", "--sampling = random (expected uniform, fps:N or at:T,T,… in seconds)")]
    [InlineData("ask a b --sampling fps:0", "--sampling = fps:0 (expected uniform, fps:N or at:T,T,… in seconds)")]
    [InlineData("ask a b --sampling at:1,,2", "--sampling = at:1,,2 (expected uniform, fps:N or at:T,T,… in seconds)")]
    [InlineData(
        "capture a b --site x --out o --max-bytes 2XB",
        "--max-bytes = 2XB (expected a size such as 500MB or 2GiB)")]
    [InlineData("doctor -v true", "unexpected argument 'true'")]
    [InlineData("ask", "VIDEO missing")]
    [InlineData("ask a", "QUESTION missing")]
    [InlineData("ask a b c", "unexpected argument 'c'")]
    [InlineData("ask a b --option x y", "unexpected argument 'y'")]
    [InlineData("weights verify", "DIR missing")]
    [InlineData("weights synthesize --like tiny-a --tokenizer t --out o", "--seed missing")]
    [InlineData("weights synthesize --like tiny-a --seed 1 --tokenizer t", "--out missing")]
    [InlineData("capture a b --out o", "--site missing")]
    [InlineData("akk", "unknown verb 'akk'; did you mean 'ask'?")]
    [InlineData("weights xylophone", "unknown verb 'xylophone'; expected one of verify, synthesize")]
    [InlineData("inspect frame", "unknown verb 'frame'; did you mean 'frames'?")]
    public async Task Refuses_WhatIsNotUnderstood(string line, string message)
    {
        CliRun run = await CliRun.Of(line.Split(' '));

        run.ShouldFail(2, "usage_option", message);
        Assert.Matches("^see 'vica.* --help'\n$", run.Error[(run.ErrorLine.Length + 1)..]);
    }

    [Theory]
    [InlineData("doctor -v -q", "--verbose and --quiet exclude each other")]
    [InlineData("ask FILE b --prompt-style raw --option A", "--prompt-style raw and --option exclude each other")]
    [InlineData(
        "ask FILE b --prompt-style raw --time-instruction",
        "--prompt-style raw and --time-instruction exclude each other")]
    [InlineData("inspect tokens", "exactly one of TEXT and --jsonl is needed")]
    [InlineData("inspect tokens a --jsonl b", "exactly one of TEXT and --jsonl is needed")]
    [InlineData("inspect tokens a --plain --decode", "--plain and --decode exclude each other")]
    public async Task Refuses_WhatExcludesEachOther(string line, string message)
    {
        string here = Path.Combine(RepositoryPaths.Root, "tests", "ViCA.Native.Tests", "Cli", "UsageTests.cs");

        CliRun run = await CliRun.Of(line.Replace("FILE", here, StringComparison.Ordinal).Split(' '));

        run.ShouldFail(2, "usage_conflict", message);
    }

    [Fact]
    public async Task WritesErrorsAsJson_WhenAsked()
    {
        CliRun run = await CliRun.Of("ask", "a", "b", "--frames", "abc", "--json");

        Assert.Equal(
            "{\"error\":{\"code\":\"usage_option\",\"message\":\"--frames = abc (expected 1 to 512)\"}}\n", run.Error);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task KeepsMessagesOnOneLine()
    {
        CliRun run = await CliRun.Of("ask", "no\nsuch\u001b[31mfile.mp4", "q");

        run.ShouldFail(4, "media_not_found", "no?such?[31mfile.mp4: no such file");
    }

    [Fact]
    public async Task TakesNumbersInAnyCulture()
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            CliRun run = await CliRun.Of("ask", "nope.mp4", "q", "--temperature", "0.5", "--sampling", "at:0.5,1.5");
            run.ShouldFail(4, "media_not_found", "nope.mp4: no such file");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task TakesArgumentsThatBeginWithADash_AfterTwoDashes()
    {
        CliRun run = await CliRun.Of("ask", "--json", "--", "-nope.mp4", "-5");

        Assert.Contains("-nope.mp4: no such file", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, run.ExitCode);
    }

    [Fact]
    public async Task SaysWhereItLookedForAModel()
    {
        string video = Path.Combine(RepositoryPaths.Fixtures, "tiny-a", "clips", "count.mkv");

        CliRun run = await CliRun.Of("ask", video, "q", "--model", "no/such/folder");

        run.ShouldFail(
            2,
            "usage_model",
            "--model no/such/folder: no such folder; run `hf download nkkbr/ViCA` or pass the folder with --model");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AsksForAReport_WhenTheBugIsOurs(bool verbose)
    {
        string video = Path.Combine(RepositoryPaths.Fixtures, "tiny-a", "clips", "count.mkv");
        CliSetting broken = new() { InputFails = new InvalidOperationException("broken") };

        CliRun run = await CliRun.Of(broken, verbose ? ["ask", video, "-", "-v"] : ["ask", video, "-"]);

        string start = "error [internal_error]: InvalidOperationException: this is a bug; ";
        Assert.StartsWith(start, run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(70, run.ExitCode);
        Assert.Equal(verbose, run.Error.Contains("   at ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task RefusesCuda_InOneLine_WhereThereIsNoDriver()
    {
        Skip.If(CudaLibrary.TryLoad(out string reason), "this machine has an NVIDIA driver");

        CliRun run = await CliRun.Of("ask", "a", "b", "--device", "cuda");

        run.ShouldFail(5, "env_cuda", $"--device cuda: {reason}; --device emulator needs no GPU");
        Assert.Equal(run.ErrorLine + "\n", run.Error);
    }

    [SkippableTheory]
    [InlineData("kernels check")]
    [InlineData("kernels run")]
    [InlineData("bench")]
    [InlineData("ptx run saxpy.json")]
    public async Task RefusesCuda_AndNamesTheEmulator_WhereThereIsNoDriver(string line)
    {
        Skip.If(CudaLibrary.TryLoad(out string reason), "this machine has an NVIDIA driver");
        string saxpy = Emulator.PtxFixtures.PathOf("saxpy.json");
        string[] words = [.. line.Split(' ').Select(word => word == "saxpy.json" ? saxpy : word)];

        CliRun run = await CliRun.Of([.. words, "--device", "cuda"]);

        run.ShouldFail(5, "env_cuda", $"--device cuda: {reason}; --device emulator needs no GPU");
        Assert.Equal(run.ErrorLine + "\n", run.Error);
    }
}
