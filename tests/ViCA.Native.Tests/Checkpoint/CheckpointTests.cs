using System.Runtime.InteropServices;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;
using static ViCA.Native.Tests.Checkpoint.SafetensorsBytes;
using ModelCheckpoint = ViCA.Native.Tensors.Checkpoint.Checkpoint;

namespace ViCA.Native.Tests.Checkpoint;

/// <summary>A folder of weights: one file or shards with an index, and what the model requires of them.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";
    private const string Shard1 = "model-00001-of-00002.safetensors";
    private const string Shard2 = "model-00002-of-00002.safetensors";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_SingleFile()
    {
        _folder.Write("model.safetensors", Tensors("a", "b"));
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        Assert.Equal("model.safetensors", checkpoint.LayoutName);
        Assert.Equal(["a", "b"], checkpoint.Tensors.Keys.Order());
        Assert.Equal(8, checkpoint.ByteLength);
        Assert.Equal(4, checkpoint.Require("a", 1).ByteLength);
    }

    [Fact]
    public void Open_Shards()
    {
        WriteShards();
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        Assert.Equal(Index, checkpoint.LayoutName);
        Assert.Equal([Shard1, Shard2], checkpoint.Files.Select(file => file.FileName));
        Assert.Equal(Shard2, checkpoint.Tensors["c"].ShardName);
    }

    [Fact]
    public void Open_EmptyFolder() => Refused(
        "weights_missing",
        "model.safetensors: not found in the model folder "
            + "(expected model.safetensors or model.safetensors.index.json)");

    [Fact]
    public void Open_NoFolder()
    {
        WeightsFormatException exception =
            Assert.Throws<WeightsFormatException>(() => ModelCheckpoint.Open(_folder["absent"]));
        Assert.Equal("weights_missing", exception.Code);
        Assert.Contains("the model folder does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model.bin.index.json")]
    public void Open_PickleOnly(string name)
    {
        _folder.Write(name, "PK");
        Refused(
            "weights_not_safetensors", $"{name}: pickle files are never loaded; convert the model to safetensors");
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b.safetensors")]
    [InlineData("a\\\\b")]
    [InlineData("..")]
    [InlineData("")]
    public void Open_IndexNamesAPath(string shard)
    {
        _folder.Write(Index, $$"""{"weight_map":{"a":"{{shard}}"} }""");
        string shown = shard.Replace("\\\\", "\\", StringComparison.Ordinal);
        Refused("weights_index_path", $"{Index}: '{shown}' is not a file name");
    }

    [Fact]
    public void Open_ShardMissing()
    {
        WriteShards();
        File.Delete(_folder[Shard2]);
        Refused("weights_shard_missing", $"{Index}: {Shard2} listed in the index, not found");
    }

    [Theory]
    [InlineData("", "invalid JSON at byte 0")]
    [InlineData("[]", "is Array (expected Object)")]
    [InlineData("{}", "'weight_map' missing")]
    [InlineData("{\"weight_map\":{}", "invalid JSON at byte 16")]
    [InlineData("{\"weight_map\":[]}", "'weight_map' is Array (expected Object)")]
    [InlineData("{\"weight_map\":{\"a\":1}}", "shard of 'a' is Number (expected String)")]
    [InlineData("{\"weight_map\":{\"a\":\"m\",\"\\u0061\":\"m\"}}", "duplicate property 'a'")]
    [InlineData("{\"weight_map\":{},\"weight_map\":{}}", "duplicate property 'weight_map'")]
    [InlineData("{\"weight_map\":{\"\\ud800\":\"m\"}}", "half a surrogate pair in a string")]
    public void Open_IndexJson(string text, string message)
    {
        _folder.Write(Index, text);
        Refused("weights_index_json", $"{Index}: {message}");
    }

    [Fact]
    public void Open_IndexUtf8()
    {
        _folder.Write(Index, [.. "{\""u8, 0xFF, .. "\":1}"u8]);
        Refused("weights_index_json", $"{Index}: invalid UTF-8 at byte 2");
    }

    [Fact]
    public void Open_TensorInAnotherShardAndAbsent()
    {
        _folder.Write(Shard1, Tensors("a", "b"));
        _folder.Write(Shard2, Tensors("c"));
        _folder.Write(
            Index, $$"""{"weight_map":{"a":"{{Shard2}}","b":"{{Shard1}}","c":"{{Shard2}}","d":"{{Shard1}}"} }""");
        Refused(
            "weights_index_mismatch",
            $"{Index}: 2 tensors are not where the index says: 'a' (index: shard 2, found: shard 1), "
                + "'d' (index: shard 1, found: none)");
    }

    [Fact]
    public void Open_TensorInTwoShards()
    {
        WriteShards();
        _folder.Write(Shard2, Tensors("b", "c"));
        Refused(
            "weights_index_mismatch",
            $"{Index}: 1 tensor is not where the index says: 'b' (index: shard 1, found: shard 2)");
    }

    [Fact]
    public void Open_ManyMisplaced_NamesTwentyAndTheTotal()
    {
        _folder.Write(Shard1, Tensors("a"));
        IEnumerable<string> names = Enumerable.Range(0, 30).Select(i => $"t{i:00}").Append("a");
        string map = string.Join(',', names.Select(name => $"\"{name}\":\"{Shard1}\""));
        _folder.Write(Index, $$"""{"weight_map":{ {{map}} } }""");
        WeightsFormatException exception =
            Assert.Throws<WeightsFormatException>(() => ModelCheckpoint.Open(_folder.Path));
        Assert.StartsWith($"{Index}: 30 tensors are not", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'t19'", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(", …", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'t20'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BrokenSecondShard_ReleasesTheFirst()
    {
        WriteShards();
        _folder.Write(Shard2, new byte[3]);
        Refused("weights_header_truncated", $"{Shard2}: file has 3 bytes (expected at least 8)");
    }

    [Fact]
    public void RequireAll_Missing()
    {
        _folder.Write("model.safetensors", Tensors("a"));
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        WeightsFormatException exception = Assert.Throws<WeightsFormatException>(
            () => checkpoint.RequireAll([("x", [1]), ("a", [1]), ("y", [1])]));
        Assert.Equal("weights_tensor_missing", exception.Code);
        Assert.Equal("model.safetensors: 2 of 3 required tensors missing: 'x', 'y'", exception.Message);
    }

    [Fact]
    public void Require_OtherShape()
    {
        _folder.Write("model.safetensors", Of($"{{{Entry("up", "BF16", "[2,3]", "[0,12]")}}}", new byte[12]));
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        WeightsFormatException exception =
            Assert.Throws<WeightsFormatException>(() => checkpoint.Require("up", 3, 2));
        Assert.Equal("weights_shape_config", exception.Code);
        Assert.Equal("model.safetensors: 'up' is [2,3] (expected [3,2])", exception.Message);
    }

    [Theory]
    [InlineData(DType.F32)]
    [InlineData(DType.BF16)]
    [InlineData(DType.F16)]
    public void VerifyFinite_NamesTensorCountAndFirst(DType dtype)
    {
        WriteValues(dtype, count: 100, bad: [17, 40, 99]);
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        NumericException exception = Assert.Throws<NumericException>(() => checkpoint.VerifyFinite());
        Assert.Equal(("numeric_weights", 3), (exception.Code, exception.ExitCode));
        Assert.Equal("model.safetensors: tensor 'x': 3 non-finite values, first at 17", exception.Message);
    }

    [Fact]
    public void VerifyFinite_LastValueOfALargeTensor()
    {
        const int Count = 5_000_003;
        WriteValues(DType.BF16, Count, [Count - 1]);
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        NumericException exception = Assert.Throws<NumericException>(() => checkpoint.VerifyFinite());
        Assert.Equal($"model.safetensors: tensor 'x': 1 non-finite value at {Count - 1}", exception.Message);
    }

    [Fact]
    public void VerifyFinite_ReportsProgress()
    {
        WriteValues(DType.F32, count: 100, bad: []);
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        List<ByteProgress> reports = [];
        checkpoint.VerifyFinite(new SynchronousProgress<ByteProgress>(reports.Add));
        Assert.Equal(new ByteProgress(400, 400), reports[^1]);
    }

    [Fact]
    public void VerifyFinite_Cancelled()
    {
        WriteValues(DType.F32, count: 100, bad: []);
        using ModelCheckpoint checkpoint = ModelCheckpoint.Open(_folder.Path);
        Assert.ThrowsAny<OperationCanceledException>(
            () => checkpoint.VerifyFinite(cancellationToken: new CancellationToken(canceled: true)));
    }

    // F32 tensors of one element each.
    private static byte[] Tensors(params string[] names)
    {
        IEnumerable<string> entries = names.Select((n, i) => Entry(n, "F32", "[1]", $"[{4 * i},{(4 * i) + 4}]"));
        return Of($"{{{string.Join(',', entries)}}}", new byte[4 * names.Length]);
    }

    private void WriteShards()
    {
        _folder.Write(Shard1, Tensors("a", "b"));
        _folder.Write(Shard2, Tensors("c"));
        _folder.Write(Index, $$"""
            {"metadata":{"total_size":12},"weight_map":{"a":"{{Shard1}}","b":"{{Shard1}}","c":"{{Shard2}}"} }
            """);
    }

    // The largest finite value everywhere, NaN and infinities at the bad places.
    private void WriteValues(DType dtype, int count, int[] bad)
    {
        using SafetensorsWriter writer =
            SafetensorsWriter.Create(_folder["model.safetensors"], [new TensorDeclaration("x", dtype, [count])]);
        if (dtype == DType.F32)
            writer.Append<float>("x", Values(float.MaxValue, float.NegativeInfinity));
        else if (dtype == DType.F16)
            writer.Append<Half>("x", Values(Half.MaxValue, Half.NaN));
        else
            writer.Append<BFloat16>("x", Values(new BFloat16(0x7F7F), new BFloat16(0xFF80)));
        writer.Complete();

        T[] Values<T>(T good, T wrong) => [.. Enumerable.Range(0, count).Select(i => bad.Contains(i) ? wrong : good)];
    }

    private void Refused(string code, string message)
    {
        string[] before = _folder.Names;
        WeightsFormatException exception =
            Assert.Throws<WeightsFormatException>(() => ModelCheckpoint.Open(_folder.Path));
        Assert.Equal((code, message), (exception.Code, exception.Message));
        Assert.Equal(before, _folder.Names);
        _folder.AssertReleased();
    }
}
