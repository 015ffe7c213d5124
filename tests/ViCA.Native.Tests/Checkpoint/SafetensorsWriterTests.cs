using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Tests.Checkpoint;

/// <summary>Files are written whole or not at all.</summary>
public sealed class SafetensorsWriterTests : IDisposable
{
    private static readonly TensorDeclaration[] TwoTensors =
        [new("a", DType.F32, [2]), new("empty", DType.F32, [0, 3]), new("é\"\n", DType.BF16, [])];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RoundTrip()
    {
        Dictionary<string, string> metadata = new() { ["format"] = "pt", ["note"] = "café <b>" };
        using (SafetensorsWriter writer = SafetensorsWriter.Create(_folder["out.safetensors"], TwoTensors, metadata))
        {
            writer.Append<float>("a", [1.5f]);
            writer.Append<float>("a", [-2f]);
            writer.Append<BFloat16>("é\"\n", [(BFloat16)3f]);
            writer.Complete();
        }
        Assert.Equal(["out.safetensors"], _folder.Names);
        using SafetensorsFile file = SafetensorsFile.Open(_folder["out.safetensors"]);
        Assert.Equal(metadata, file.Metadata);
        Assert.Equal([1.5f, -2f], file.Find("a")!.AsSpan<float>().ToArray());
        Assert.Equal([0L, 3L], file.Find("empty")!.Shape);
        Assert.Equal(3f, file.Find("é\"\n")!.AsSpan<BFloat16>()[0]);
        Assert.Equal(0, (8 + file.Header.Length) % 8);
    }

    [Fact]
    public void Create_Existing_IsRefusedWithoutOverwrite()
    {
        string path = _folder.Write("out.safetensors", "old");
        UsageException exception = Assert.Throws<UsageException>(
            () => SafetensorsWriter.Create(path, TwoTensors, displayName: "out.safetensors"));
        Assert.Equal("usage_output", exception.Code);
        Assert.Equal(2, exception.ExitCode);
        Assert.Equal("out.safetensors exists; use --force", exception.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["out.safetensors"], _folder.Names);
    }

    [Fact]
    public void Complete_Overwrite_ReplacesOnlyAtTheEnd()
    {
        string path = _folder.Write("out.safetensors", "old");
        using SafetensorsWriter writer =
            SafetensorsWriter.Create(path, [new TensorDeclaration("a", DType.F32, [1])], overwrite: true);
        writer.Append<float>("a", [1f]);
        Assert.Equal("old", File.ReadAllText(path));
        writer.Complete();
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal(1f, file.Find("a")!.AsSpan<float>()[0]);
        Assert.Equal(["out.safetensors"], _folder.Names);
    }

    [Fact]
    public void Complete_FileAppearedMeanwhile_IsRefused()
    {
        TensorDeclaration one = new("a", DType.F32, [1]);
        using (SafetensorsWriter writer = SafetensorsWriter.Create(_folder["out"], [one]))
        {
            writer.Append<float>("a", [1f]);
            _folder.Write("out", "theirs");
            UsageException exception = Assert.Throws<UsageException>(writer.Complete);
            Assert.EndsWith("out exists; use --force", exception.Message, StringComparison.Ordinal);
        }
        Assert.Equal("theirs", File.ReadAllText(_folder["out"]));
        Assert.Equal(["out"], _folder.Names);
    }

    [Fact]
    public void Dispose_BeforeComplete_LeavesNothing()
    {
        using (SafetensorsWriter writer = SafetensorsWriter.Create(_folder["out.safetensors"], TwoTensors))
        {
            writer.Append<float>("a", [1f]);
            Assert.Single(_folder.Names);
        }
        Assert.Empty(_folder.Names);
        _folder.AssertReleased();
    }

    [Fact]
    public void Create_MoreThanTheDiskHas_LeavesNothing()
    {
        TensorDeclaration huge = new("x", DType.F32, [1L << 58]);
        ResourceException exception = Assert.Throws<ResourceException>(
            () => SafetensorsWriter.Create(_folder["out.safetensors"], [huge], displayName: "out.safetensors"));
        Assert.Equal(("resource_disk", 6), (exception.Code, exception.ExitCode));
        Assert.Matches(
            @"^out\.safetensors: not enough disk space \(expected 1\.15 EB free, found [0-9.]+ [kMGT]?B\)$",
            exception.Message);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Create_NoFolder()
    {
        UsageException exception = Assert.Throws<UsageException>(
            () => SafetensorsWriter.Create(_folder["no/out"], TwoTensors, displayName: "no/out"));
        Assert.Equal("no/out: its folder does not exist", exception.Message);
    }

    [Fact]
    public void WriteAt_InAnyOrder_GivesTheSameFile()
    {
        Dictionary<string, byte[]> data = TwoTensors.ToDictionary(
            tensor => tensor.Name,
            tensor => Enumerable.Range(tensor.Name.Length, (int)tensor.ByteLength).Select(i => (byte)i).ToArray());
        using (SafetensorsWriter writer = SafetensorsWriter.Create(_folder["ordered"], TwoTensors))
        {
            foreach (TensorDeclaration tensor in TwoTensors)
                writer.Append<byte>(tensor.Name, data[tensor.Name]);
            writer.Complete();
        }

        using (SafetensorsWriter writer = SafetensorsWriter.Create(_folder["mixed"], TwoTensors))
        {
            foreach (TensorDeclaration tensor in TwoTensors.Reverse().Where(tensor => tensor.ByteLength > 1))
            {
                writer.WriteAt<byte>(tensor.Name, 1, data[tensor.Name].AsSpan(1));
                writer.WriteAt<byte>(tensor.Name, 0, data[tensor.Name].AsSpan(0, 1));
            }

            writer.Complete();
        }

        Assert.Equal(File.ReadAllBytes(_folder["ordered"]), File.ReadAllBytes(_folder["mixed"]));
    }

    [Fact]
    public void Append_TooMuchOrTooLittle_IsABug()
    {
        using SafetensorsWriter writer = SafetensorsWriter.Create(_folder["out"], TwoTensors);
        Assert.Throws<ArgumentException>(() => writer.Append<byte>("a", new byte[9]));
        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<ArgumentException>(
            () => SafetensorsWriter.Create(_folder["two"], [TwoTensors[0], TwoTensors[0]]));
    }

    [Fact]
    public void InReferenceOrder_TypeThenName() => Assert.Equal(
        ["f32", "a", "b", "f16"],
        SafetensorsWriter.InReferenceOrder(
            [new("f16", DType.F16, []), new("b", DType.BF16, []), new("a", DType.BF16, []), new("f32", DType.F32, [])])
            .Select(tensor => tensor.Name));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(16_060_697_664, "16.06 GB")]
    [InlineData(999_995_000, "1 GB")]
    public void Format(long bytes, string text) => Assert.Equal(text, DiskSpace.Format(bytes));
}
