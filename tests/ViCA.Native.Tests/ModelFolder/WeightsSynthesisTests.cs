using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Vica;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tests.Checkpoint;

namespace ViCA.Native.Tests.ModelFolder;

/// <summary>Model folders from the formula: the same bytes as the reference's own files.</summary>
public sealed class WeightsSynthesisTests : IDisposable
{
    private const string TinyBSha256 = "59b95ed4bcaed5ec9e72d4c41aa7f65d937084df4910187d878457d5ecb1a21e";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The hashes are those of the files that the reference implementation wrote.
    [Theory]
    [InlineData("tiny-a", 20, "ffc7be487c05afdf0b04d9326a6a172bb496b4cf400e42cdfe11842326291517")]
    [InlineData("tiny-b", 21, TinyBSha256)]
    public void Run_Tiny_EqualsTheReferenceByteForByte(string name, ulong seed, string sha256)
    {
        SynthesisResult result = WeightsSynthesis.Run(Request(name, seed));
        Assert.Equal(sha256, Sha256(_folder["out/model.safetensors"]));
        foreach (string file in (string[])["config.json", "generation_config.json", "tokenizer.json", "merges.txt"])
            Assert.Equal(File.ReadAllBytes(Fixture(name) + "/" + file), File.ReadAllBytes(_folder["out/" + file]));
        Assert.Equal(
            [
                "added_tokens.json", "config.json", "generation_config.json", "merges.txt", "model.safetensors",
                "tokenizer.json", "tokenizer_config.json", "vocab.json",
            ],
            result.Files);
        Assert.Equal(result.WeightBytes, 2 * result.ParameterCount);
        Assert.Equal(["out"], _folder.Names);
    }

    [Fact]
    public void Run_ConfigFile_MakesThatModel()
    {
        string config = Path.Combine(Fixture("tiny-b"), "config.json");
        WeightsSynthesis.Run(Request("tiny-b", 21) with { Like = config });
        Assert.Equal(TinyBSha256, Sha256(_folder["out/model.safetensors"]));
        Assert.Equal(File.ReadAllBytes(config), File.ReadAllBytes(_folder["out/config.json"]));
    }

    [Fact]
    public void Run_ThenVerify()
    {
        WeightsSynthesis.Run(Request("tiny-a", 5));
        WeightsReport report = WeightsVerification.Run(_folder["out"], checkValues: true);
        Assert.Equal((97, 640, true), (report.TensorCount, report.VocabularyRows, report.FiniteChecked));
        Assert.Equal(97, report.ElementTypes["BF16"]);
        Assert.Equal(2, report.IgnoredTensors.Count);
        Assert.Empty(report.MissingTensors);
        Assert.Equal(new FileInfo(_folder["out/model.safetensors"]).Length, report.Files.Single().FileBytes);
    }

    [Fact]
    public void Run_ReportsProgressToTheEnd()
    {
        List<ByteProgress> reports = [];
        SynthesisResult result =
            WeightsSynthesis.Run(Request("tiny-b", 1), new SynchronousProgress<ByteProgress>(reports.Add));
        Assert.Equal(new ByteProgress(result.WeightBytes, result.WeightBytes), reports[^1]);
    }

    [Fact]
    public void Run_Cancelled_LeavesNothing()
    {
        using CancellationTokenSource source = new();
        SynchronousProgress<ByteProgress> progress = new(_ => source.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(
            () => WeightsSynthesis.Run(Request("tiny-a", 1), progress, source.Token));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Run_CancelledIntoAnExistingFolder_LeavesItAsItWas()
    {
        _folder.Write("out/model.safetensors", "old");
        using CancellationTokenSource source = new();
        SynchronousProgress<ByteProgress> progress = new(_ => source.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(
            () => WeightsSynthesis.Run(Request("tiny-a", 1) with { Overwrite = true }, progress, source.Token));
        Assert.Equal("old", File.ReadAllText(_folder["out/model.safetensors"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void Run_ExistingFolder_IsRefusedWithoutForce()
    {
        _folder.Write("out/notes.txt", "mine");
        UsageException exception = Assert.Throws<UsageException>(() => WeightsSynthesis.Run(Request("tiny-a", 1)));
        Assert.Equal(("usage_output", 2), (exception.Code, exception.ExitCode));
        Assert.EndsWith("out exists; use --force", exception.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public void Run_Force_ReplacesWeightsAndKeepsTheRest()
    {
        _folder.Write("out/notes.txt", "mine");
        _folder.Write("out/model.safetensors.index.json", "stale");
        _folder.Write("out/model-00001-of-00002.safetensors", "stale");
        WeightsSynthesis.Run(Request("tiny-b", 21) with { Overwrite = true });
        Assert.Equal(TinyBSha256, Sha256(_folder["out/model.safetensors"]));
        Assert.Equal("mine", File.ReadAllText(_folder["out/notes.txt"]));
        Assert.Empty(Directory.GetFiles(_folder["out"], "*-of-*"));
        Assert.False(File.Exists(_folder["out/model.safetensors.index.json"]));
        Assert.Empty(Directory.GetDirectories(_folder["out"]));
    }

    [Fact]
    public void Run_EmptyFolder_IsTaken()
    {
        Directory.CreateDirectory(_folder["out"]);
        WeightsSynthesis.Run(Request("tiny-b", 21));
        Assert.True(File.Exists(_folder["out/model.safetensors"]));
    }

    [Fact]
    public void Run_NoTokenizer_LeavesNothing()
    {
        TokenizerException exception = Assert.Throws<TokenizerException>(
            () => WeightsSynthesis.Run(Request("tiny-a", 1) with { TokenizerFolder = "nowhere" }));
        Assert.Equal("tokenizer_missing", exception.Code);
        Assert.Equal(
            "nowhere: no tokenizer (expected tokenizer.json, or vocab.json and merges.txt)", exception.Message);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Run_UnknownModel()
    {
        UsageException exception =
            Assert.Throws<UsageException>(() => WeightsSynthesis.Run(Request("tiny-a", 1) with { Like = "huge" }));
        Assert.Equal("usage_option", exception.Code);
        Assert.Equal(
            "--like huge: unknown model (expected vica-7b, tiny-a, tiny-b or FILE.json)", exception.Message);
    }

    [Fact]
    public void Run_ConfigFileNotThere() => Assert.Equal(
        "no.json: not found",
        Assert.Throws<ModelConfigException>(
            () => WeightsSynthesis.Run(Request("tiny-a", 1) with { Like = "no.json" })).Message);

    [Fact]
    public void Run_MoreThanTheDiskHas_LeavesNothing()
    {
        string config = File.ReadAllText(Path.Combine(Fixture("tiny-a"), "config.json"))
            .Replace("\"hidden_size\": 256", "\"hidden_size\": 65536", StringComparison.Ordinal)
            .Replace("\"intermediate_size\": 688", "\"intermediate_size\": 1048576", StringComparison.Ordinal)
            .Replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 512", StringComparison.Ordinal);
        string path = _folder.Write("huge.json", config);
        ResourceException exception =
            Assert.Throws<ResourceException>(() => WeightsSynthesis.Run(Request("tiny-a", 1) with { Like = path }));
        Assert.Equal("resource_disk", exception.Code);
        Assert.Matches(@"out: not enough disk space \(expected 224\.\d+ TB free, found .*B\)$", exception.Message);
        Assert.Equal(["huge.json"], _folder.Names);
    }

    [Fact]
    public void Vica7B_ConfigAndShards()
    {
        VicaConfig config = VicaConfig.Parse(SyntheticModelTable.Config("vica-7b"), "config.json");
        ShardPlan plan = ShardPlan.Of(VicaTensors.Stored(config, config.ConfigVocabSize!.Value)
            .Select(t => new TensorDeclaration(t.Name, DType.BF16, t.Shape)));
        Assert.Equal(16_060_697_664, plan.TotalBytes);
        Assert.Equal(
            ["4.88", "4.93", "4.99", "1.26"],
            plan.Shards.Select(s => (s.Tensors.Sum(t => t.ByteLength) / 1e9).ToString("0.00", Invariant)));
        Assert.Equal("model-00004-of-00004.safetensors", plan.Shards[3].FileName);
        using JsonDocument index = JsonDocument.Parse(plan.IndexJson());
        Assert.Equal(16_060_697_664, index.RootElement.GetProperty("metadata").GetProperty("total_size").GetInt64());
        JsonElement map = index.RootElement.GetProperty("weight_map");
        Assert.Equal(765, map.EnumerateObject().Count());
        Assert.Equal("model-00001-of-00004.safetensors", map.GetProperty("model.embed_tokens.weight").GetString());
        Assert.Equal("model-00004-of-00004.safetensors", map.GetProperty("lm_head.weight").GetString());
    }

    [Fact]
    public void Vica7B_GenerationConfig()
    {
        VicaConfig config = VicaConfig.Parse(SyntheticModelTable.Config("vica-7b"), "config.json");
        byte[] json = SyntheticModelTable.GenerationConfig(config, "config.json");
        Assert.Equal(248, json.Length); // the size that is listed for the published file
        Assert.Equal([151645, 151643], GenerationConfig.Parse(json, "generation_config.json", config).EosTokenIds);
    }

    private static string Fixture(string name) => Path.Combine(RepositoryPaths.Fixtures, name, "model");

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private SynthesisRequest Request(string name, ulong seed) => new()
    {
        Like = name,
        Seed = seed,
        TokenizerFolder = Fixture(name),
        OutputFolder = _folder["out"],
    };
}
