using System.Security.Cryptography;
using System.Text.Json;
using ViCA.Native.Tests.Models;

namespace ViCA.Native.Tests.Cli;

public sealed class InspectTests(TinyModels models) : IClassFixture<TinyModels>
{
    private const string Model = "tiny-a";

    private static readonly FixtureCase Count = FixtureCase.Find(Model, "count");

    [Fact]
    public async Task Frames_AreThoseOfTheFormula()
    {
        CliRun run = await CliRun.Of("inspect", "frames", Count.Clip(Model), "--frames", "4", "--json");

        JsonElement json = run.Json;
        Assert.Equal(160, json.GetProperty("width").GetInt32());
        Assert.Equal(120, json.GetProperty("height").GetInt32());
        Assert.Equal(4, json.GetProperty("frameCount").GetInt32());
        Assert.Equal(2, json.GetProperty("averageFps").GetDouble());
        JsonElement second = json.GetProperty("frames")[1];
        Assert.Equal(1, second.GetProperty("sourceIndex").GetInt32());
        Assert.Equal(0.5, second.GetProperty("timeSeconds").GetDouble());
        byte[] rgb = FormulaFrame(Count.Frames.Phase, 1, 120, 160);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(rgb)), second.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Frames_AreATable()
    {
        CliRun run = await CliRun.Of("inspect", "frames", Count.Clip(Model), "--frames", "2");

        Assert.Equal(
            "160x120, 4 frames, 2 a second, 2.00 s, png in matroska\n"
            + "frame  of video    time\n    0         0  0.00 s\n    1         3  1.50 s\n",
            run.Output);
    }

    [Fact]
    public async Task Frames_AreDrawnIntoASheet_ThatIsNotReplaced()
    {
        using TemporaryFolder folder = new();
        string[] arguments = ["inspect", "frames", Count.Clip(Model), "--frames", "4", "--sheet", folder["s.png"]];

        CliRun first = await CliRun.Of(arguments);
        CliRun second = await CliRun.Of(arguments);
        CliRun forced = await CliRun.Of([.. arguments, "--force"]);

        Assert.Equal(0, first.ExitCode);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(folder["s.png"])[..4]);
        second.ShouldFail(2, "usage_output", $"{Clip(folder["s.png"])} exists; use --force");
        Assert.Equal(0, forced.ExitCode);
        Assert.Equal(["s.png"], folder.Names);
    }

    [Fact]
    public async Task Frames_AreNotDrawnOverTheVideo_OrIntoNoFolder()
    {
        using TemporaryFolder folder = new();
        string video = folder.Write("v.mkv", File.ReadAllBytes(Count.Clip(Model)));

        CliRun same = await CliRun.Of("inspect", "frames", video, "--sheet", video, "--force");
        CliRun nowhere = await CliRun.Of("inspect", "frames", video, "--sheet", folder["no/s.png"]);

        same.ShouldFail(2, "usage_output", $"{Clip(video)}: is the input (expected another file)");
        nowhere.ShouldFail(2, "usage_output", $"{Clip(folder["no/s.png"])}: its folder does not exist");
        Assert.Equal(["v.mkv"], folder.Names);
    }

    [Fact]
    public async Task Prompt_HasTheReferenceIds()
    {
        foreach (FixtureCase one in FixtureCase.All(Model).Where(one => one.TimeInstruction.Length == 0))
        {
            string[] options = [.. (one.Options ?? []).SelectMany(option => (string[])["--option", option])];

            CliRun run = await CliRun.Of(
            [
                "inspect", "prompt", one.Question, "--model", models.Folder(Model), "--frames", $"{one.Frames.Count}",
                "--json", .. options,
            ]);

            Assert.Equal(one.PromptIds, run.Json.GetProperty("promptIds").Deserialize<int[]>());
            Assert.Equal(one.SequenceLength, run.Json.GetProperty("promptTokens").GetInt32());
        }
    }

    [Fact]
    public async Task Prompt_ShowsTheVideoAsOneEntry()
    {
        CliRun run = await CliRun.Of(
            "inspect", "prompt", "How many?", "--model", models.Folder(Model), "--frames", "8");

        string video = "video: 1680 tokens\n  [8 frames · 210: 14 rows of 14 and a newline]\n";
        Assert.Contains(video, run.Output, StringComparison.Ordinal);
        Assert.Contains("  | Question: How many?\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_GoThereAndBack()
    {
        string model = models.Folder(Model);

        CliRun special = await CliRun.Of("inspect", "tokens", "hi <image>", "--model", model);
        CliRun plain = await CliRun.Of("inspect", "tokens", "hi <image>", "--model", model, "--plain");
        CliRun back = await CliRun.Of("inspect", "tokens", "--decode", "289, 220 595", "--model", model);

        Assert.Equal("{\"ids\":[289,220,595]}\n", special.Output);
        Assert.Equal("{\"ids\":[289,220,27,72,76,64,364,29]}\n", plain.Output);
        Assert.Equal("{\"text\":\"hi \"}\n", back.Output);
    }

    [Fact]
    public async Task Tokens_OfAFile_AreOneObjectALine()
    {
        using TemporaryFolder folder = new();
        string rows = "{\"text\":\"hi\"}\n\n{\"text\":\"\"}\n{\"text\":\"\\u0000\",\"id\":3}\n";
        string texts = folder.Write("t.jsonl", rows);
        string ids = "{\"ids\":[289,595]}\n{\"ids\":[289,595],\"skip_special\":false}\n";

        CliRun encoded = await CliRun.Of("inspect", "tokens", "--jsonl", texts, "--model", models.Folder(Model));
        CliRun decoded = await CliRun.Of(
            CliSetting.Typing(ids), "inspect", "tokens", "--decode", "--jsonl", "-", "--model", models.Folder(Model));

        Assert.Equal("{\"ids\":[289]}\n{\"ids\":[]}\n{\"ids\":[188]}\n", encoded.Output);
        Assert.Equal("{\"text\":\"hi\"}\n{\"text\":\"hi<image>\"}\n", decoded.Output);
    }

    [Theory]
    [InlineData("{\"text\":1}", "request_json", "standard input line 2: field 'text' missing (expected a string)")]
    [InlineData("{\"text\":", "request_json", "standard input line 2: invalid JSON at byte 8")]
    [InlineData("[]", "request_json", "standard input line 2: field 'text' missing (expected a string)")]
    [InlineData("{\"text\":\"\\ud800\"}", "request_encoding", "standard input line 2: text has an unpaired surrogate")]
    public async Task Tokens_OfARowThatIsWrong_NameTheLine(string row, string code, string message)
    {
        CliSetting rows = CliSetting.Typing("{\"text\":\"hi\"}\n" + row + "\n");

        CliRun run = await CliRun.Of(rows, "inspect", "tokens", "--jsonl", "-", "--model", models.Folder(Model));

        Assert.Equal($"error [{code}]: {message}", run.ErrorLine);
        Assert.Equal("{\"ids\":[289]}\n", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [SkippableFact]
    public async Task Tokens_OfTheRealTokenizer_AreTheReferenceOnes()
    {
        string tokenizer = Path.Combine(RepositoryPaths.External, "qwen2");
        Skip.IfNot(Directory.Exists(tokenizer), "needs ../shared/external/qwen2, which is not there");
        string rows = Path.Combine(RepositoryPaths.Fixtures, "tokenizer", "vectors.jsonl");

        CliRun run = await CliRun.Of("inspect", "tokens", "--jsonl", rows, "--model", tokenizer);

        string[] found = run.Output.TrimEnd('\n').Split('\n');
        string[] expected = [.. File.ReadLines(rows).Select(row =>
            JsonDocument.Parse(row).RootElement.GetProperty("ids").GetRawText())];
        Assert.Equal(expected, found.Select(row => row["{\"ids\":".Length..^1]));
    }

    [Fact]
    public async Task Model_ShowsItsSizes()
    {
        CliRun run = await CliRun.Of("inspect", "model", "--model", models.Folder(Model), "--json");

        JsonElement json = run.Json;
        Assert.Equal(256, json.GetProperty("language").GetProperty("hiddenSize").GetInt32());
        Assert.Equal(210, json.GetProperty("vision").GetProperty("tokensPerFrame").GetInt32());
        Assert.Equal(596, json.GetProperty("tokenizerLength").GetInt32());
        Assert.Equal(640, json.GetProperty("vocabularyRows").GetInt32());
        Assert.Equal([594, 592], json.GetProperty("eosTokenIds").Deserialize<int[]>()!);
    }

    [Fact]
    public async Task Weights_AreListed()
    {
        CliRun text = await CliRun.Of("inspect", "weights", "--model", models.Folder(Model));
        CliRun run = await CliRun.Of("inspect", "weights", "--model", models.Folder(Model), "--json");

        Assert.EndsWith("97 tensors, 3315520 values, 6.63 MB in 1 files\n", text.Output, StringComparison.Ordinal);
        JsonElement head = run.Json.GetProperty("tensors").EnumerateArray()
            .Single(tensor => tensor.GetProperty("name").GetString() == "lm_head.weight");
        Assert.Equal("BF16", head.GetProperty("dtype").GetString());
        Assert.Equal([640, 256], head.GetProperty("shape").Deserialize<int[]>()!);
        Assert.Equal(327680, head.GetProperty("bytes").GetInt32());
        Assert.Equal("model.safetensors", head.GetProperty("shard").GetString());
    }

    [Fact]
    public async Task Sites_AreListed_OrTheNearestNamed()
    {
        CliRun near = await CliRun.Of("inspect", "sites", "--model", models.Folder(Model), "--like", "language.norms");
        CliRun found = await CliRun.Of("inspect", "sites", "--model", models.Folder(Model), "--like", "*.k_proj");

        Assert.StartsWith(
            "error [request_site_pattern]: site pattern 'language.norms': matches no site; near names: language.norm, ",
            near.ErrorLine,
            StringComparison.Ordinal);
        Assert.Equal(2, near.ExitCode);
        Assert.Equal(6, found.Output.Count(c => c == '\n'));
        Assert.Contains("language.layers.0.k_proj  sequence  128\n", found.Output, StringComparison.Ordinal);
    }

    private static string Clip(string path) => ViCA.Native.Tensors.Checkpoint.PrintableText.Clip(path);

    private static byte[] FormulaFrame(int phase, int frame, int height, int width)
    {
        byte[] rgb = new byte[height * width * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = ((y * width) + x) * 3;
                rgb[at] = (byte)((7 * x) + (3 * y) + (11 * frame) + (29 * phase));
                rgb[at + 1] = (byte)((x * x) + y + (5 * frame) + (7 * phase));
                rgb[at + 2] = (byte)((x ^ y) + (13 * frame) + (3 * phase));
            }
        }
        return rgb;
    }
}
