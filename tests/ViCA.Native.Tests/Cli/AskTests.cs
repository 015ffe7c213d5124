using System.Text;
using System.Text.Json;
using ViCA.Native.Tests.Models;

namespace ViCA.Native.Tests.Cli;

public sealed class AskTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const string Model = "tiny-b";

    private static readonly FixtureCase Count = FixtureCase.Find(Model, "count");

    [Fact]
    public async Task PrintsTheReferenceAnswer_AndNothingElse()
    {
        CliRun run = await Ask(Count, Count.Question);

        Assert.Equal(Count.Text + "\n", run.Output);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task PrintsOneJsonObject_WithTheNamesOfTheLibrary()
    {
        CliRun run = await Ask(Count, Count.Question, "--json", "--precision", "fp32", "--seed", "7");

        JsonElement json = run.Json;
        Assert.Equal(
            ["text", "tokenIds", "finishReason", "usage", "timings", "frames", "model", "precision", "seed"],
            Names(json));
        Assert.Equal(Count.Text, json.GetProperty("text").GetString());
        Assert.Equal(Count.GeneratedIds["fp32"], json.GetProperty("tokenIds").Deserialize<int[]>());
        Assert.Equal("length", json.GetProperty("finishReason").GetString());
        JsonElement usage = json.GetProperty("usage");
        Assert.Equal(["promptTokens", "videoTokens", "completionTokens"], Names(usage));
        Assert.Equal(Count.SequenceLength, usage.GetProperty("promptTokens").GetInt32());
        Assert.Equal(Count.Frames.Count * 30, usage.GetProperty("videoTokens").GetInt32());
        Assert.Equal(24, usage.GetProperty("completionTokens").GetInt32());
        Assert.Equal(
            ["load", "frames", "preprocess", "vision", "prefill", "decode", "total"],
            Names(json.GetProperty("timings")));
        JsonElement frame = json.GetProperty("frames")[1];
        Assert.Equal(["index", "sourceIndex", "timeSeconds"], Names(frame));
        Assert.Equal(0.5, frame.GetProperty("timeSeconds").GetDouble());
        Assert.Equal(["path", "configSha256", "indexSha256"], Names(json.GetProperty("model")));
        Assert.Equal(models.Folder(Model), json.GetProperty("model").GetProperty("path").GetString());
        Assert.Equal("fp32", json.GetProperty("precision").GetString());
        Assert.Equal(7, json.GetProperty("seed").GetInt32());
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task AnswersAMultipleChoiceQuestion()
    {
        FixtureCase choice = FixtureCase.Find(Model, "choice");
        string[] options = [.. choice.Options!.SelectMany(option => (string[])["--option", option])];

        CliRun run = await Ask(choice, choice.Question, options);

        Assert.Equal(choice.Text + "\n", run.Output);
    }

    [Fact]
    public async Task TellsTheTimes_WhenAsked()
    {
        FixtureCase time = FixtureCase.Find(Model, "time");

        CliRun run = await Ask(time, time.Question, "--time-instruction");

        Assert.Equal(time.Text + "\n", run.Output);
    }

    [Fact]
    public async Task ReadsAQuestion_FromAFileAndFromStandardInput()
    {
        FixtureCase unicode = FixtureCase.Find(Model, "unicode");
        string file = Path.Combine(models.Folder(Model), "question.txt");
        File.WriteAllText(file, unicode.Question + "\n");

        CliRun fromFile = await Ask(unicode, "@" + file);
        CliRun fromInput = await Ask(CliSetting.Typing(unicode.Question), unicode, "-");

        Assert.Equal(unicode.Text + "\n", fromFile.Output);
        Assert.Equal(unicode.Text + "\n", fromInput.Output);
    }

    [Fact]
    public async Task TakesARawPrompt_AsItIs()
    {
        string prompt = "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n<image>\n\n\n"
            + "These are frames of a video.\n\nQuestion: How many chairs are in this room?\n"
            + "Please answer the question using a single word or phrase.\n<|im_end|>\n<|im_start|>assistant\n";

        CliRun run = await Ask(CliSetting.Typing(prompt), Count, "-", "--prompt-style", "raw");

        Assert.Equal(Count.Text + "\n", run.Output);
    }

    [Fact]
    public async Task EndsAtAStopString_WhichIsLeftOut()
    {
        string stop = Count.Text[^4..];

        CliRun run = await Ask(Count, Count.Question, "--stop", stop, "--json");

        Assert.DoesNotContain(stop, run.Json.GetProperty("text").GetString()!, StringComparison.Ordinal);
        Assert.Equal("stop", run.Json.GetProperty("finishReason").GetString());
    }

    [Fact]
    public async Task SamplesTheSame_WithTheSameSeed()
    {
        string[] options = ["--temperature", "1", "--top-k", "50", "--top-p", "0.9", "--seed", "3"];

        CliRun first = await Ask(Count, Count.Question, options);
        CliRun second = await Ask(Count, Count.Question, options);

        Assert.Equal(first.Output, second.Output);
        Assert.NotEqual(Count.Text + "\n", first.Output);
    }

    [Fact]
    public async Task ShowsFramesAndTimings_OnTheErrorStream()
    {
        CliRun run = await Ask(Count, Count.Question, "--timings", "--show-frames");

        Assert.Equal(Count.Text + "\n", run.Output);
        Assert.StartsWith("frame  of video    time\n    0         0  0.00 s\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nprefill ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrawsBars_OnlyInATerminal()
    {
        CliSetting terminal = new() { IsTerminal = true };
        CliSetting build = terminal with { Variables = new() { ["CI"] = "true" } };

        CliRun drawn = await Ask(terminal, Count, Count.Question);
        CliRun inBuild = await Ask(build, Count, Count.Question);
        CliRun quiet = await Ask(terminal, Count, Count.Question, "--quiet");

        Assert.Contains("vision", drawn.Error, StringComparison.Ordinal);
        Assert.Equal(Count.Text + "\n", drawn.Output);
        Assert.Equal("", inBuild.Error);
        Assert.Equal("", quiet.Error);
    }

    [Fact]
    public async Task NamesFramesThatDiffer_InOneNotice()
    {
        string clip = Path.Combine(RepositoryPaths.Fixtures, "video", "h264-open.mp4");
        string[] arguments =
            ["ask", clip, "q", "--model", models.Folder(Model), "--frames", "16", "--max-new-tokens", "1"];

        CliRun run = await CliRun.Of(arguments);
        CliRun exact = await CliRun.Of([.. arguments, "--frame-selection", "exact"]);

        Assert.Matches(
            @"^note: \d+ of 16 frames are other pictures than their numbers name, .*--frame-selection exact .*\n$",
            run.Error);
        Assert.Equal("", exact.Error);
    }

    [Fact]
    public async Task NamesCodeThatIsIgnored()
    {
        string folder = models.FolderWithStopTokens(Model, [1]);
        string config = Path.Combine(folder, "config.json");
        string rest = File.ReadAllText(config).TrimStart()[1..];
        File.WriteAllText(config, "{\"auto_map\": {\"AutoModel\": \"evil.py\"}," + rest);

        CliRun run = await CliRun.Of(
            "ask", Count.Clip(Model), "q", "--model", folder, "--frames", "1", "--max-new-tokens", "1");

        Assert.Equal(
            "note: ignored: code and templates in model folders are never run (config.json: auto_map)", run.ErrorLine);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("", "request_missing", "question is required")]
    [InlineData(" \n", "request_missing", "question is required")]
    public async Task RefusesAQuestion_WithoutText(string question, string code, string message)
    {
        CliRun run = await Ask(Count, question);

        run.ShouldFail(2, code, message);
    }

    [Fact]
    public async Task RefusesAQuestion_ThatIsTooLong()
    {
        CliRun run = await Ask(CliSetting.Typing(new string('a', 65537)), Count, "-");

        run.ShouldFail(2, "request_text_too_long", "question has 65537 bytes (expected at most 65536)");
    }

    [Fact]
    public async Task RefusesAQuestion_ThatIsNotUtf8()
    {
        CliRun run = await Ask(new CliSetting { Input = [65, 0xFF, 66] }, Count, "-");

        run.ShouldFail(2, "request_encoding", "standard input: not UTF-8 (byte 1)");
    }

    [Fact]
    public async Task RefusesAQuestionFile_ThatIsMissing()
    {
        CliRun run = await Ask(Count, "@no-such-file.txt");

        run.ShouldFail(2, "usage_option", "@no-such-file.txt: cannot be read (expected a text file)");
    }

    [Theory]
    [InlineData("no marker", 0)]
    [InlineData("<image> and <image>", 2)]
    public async Task RefusesARawPrompt_WithoutExactlyOneVideo(string prompt, int markers)
    {
        CliRun run = await Ask(Count, prompt, "--prompt-style", "raw");

        run.ShouldFail(2, "request_media_binding", $"prompt: {markers} markers for 1 video (expected one <image>)");
    }

    [Fact]
    public async Task RefusesStopStrings_BeforeTheModelLoads()
    {
        CliRun empty = await CliRun.Of("ask", Count.Clip(Model), "q", "--model", "none", "--stop", "");
        string[] five = [.. Enumerable.Repeat<string[]>(["--stop", "x"], 5).SelectMany(words => words)];
        CliRun many = await CliRun.Of(["ask", Count.Clip(Model), "q", "--model", "none", .. five]);

        Assert.Equal("error [request_range]", empty.ErrorLine[..21]);
        Assert.Equal("error [request_range]", many.ErrorLine[..21]);
    }

    [Fact]
    public async Task RefusesAPrompt_ThatDoesNotFit()
    {
        string folder = models.FolderWithStopTokens(Model, [2]);
        string config = Path.Combine(folder, "config.json");
        string text = File.ReadAllText(config).Replace(
            "\"max_position_embeddings\": 32768", "\"max_position_embeddings\": 128", StringComparison.Ordinal);
        File.WriteAllText(config, text);

        CliRun run = await CliRun.Of("ask", Count.Clip(Model), "q", "--model", folder, "--frames", "4");

        Assert.StartsWith("error [request_context]: prompt: needs 1", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("120 video", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("audio-only.mp4", "media_no_video")]
    [InlineData("empty.mp4", "media_unrecognized")]
    public async Task RefusesAVideo_ByTheNameThatWasGiven(string name, string code)
    {
        string path = Path.Combine(RepositoryPaths.Fixtures, "video", name);

        CliRun run = await CliRun.Of("ask", path, "q", "--model", models.Folder(Model));

        Assert.StartsWith($"error [{code}]: ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(4, run.ExitCode);
        Assert.Equal("", run.Output);
    }

    private Task<CliRun> Ask(FixtureCase one, string question, params string[] options) =>
        Ask(new CliSetting(), one, question, options);

    private Task<CliRun> Ask(
        CliSetting setting, FixtureCase one, string question, params string[] options) => CliRun.Of(
        setting,
        [
            "ask", one.Clip(Model), question, "--model", models.Folder(Model), "--frames", $"{one.Frames.Count}",
            "--max-new-tokens", "24", .. options,
        ]);

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];
}
