using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator.Descriptions;
using ViCA.Native.Tests.Checkpoint;

namespace ViCA.Native.Tests.Emulator.Descriptions;

public sealed class PtxDescriptionTests
{
    private const string Minimal =
        """
        {
          "ptx": {"sm_80": {"file": "a.ptx"}},
          "cases": [{
            "name": "one", "entry": "k", "grid": [2, 1, 1], "block": [32, 1, 1],
            "params": [PARAMS],
            "buffers": {"x": {"type": "f32", "length": 4, "init": INIT}},
            "expect": [EXPECT]
          }]
        }
        """;

    [Fact]
    public void EveryFixture_IsRead()
    {
        Assert.Equal(36, PtxFixtures.Kernels.Length);
        Assert.Equal(29, PtxFixtures.Defects.Length);
        Assert.All(
            (string[])[.. PtxFixtures.Kernels, .. PtxFixtures.Defects],
            name => Assert.NotEmpty(PtxFixtures.Load(name).Cases));
    }

    [Fact]
    public void ACase_HasItsLaunch()
    {
        PtxCase item = PtxFixtures.Load("saxpy").Cases[0];

        Assert.Equal("n1000", item.Name);
        Assert.Equal("saxpy", item.Entry);
        Assert.Equal(new Dim3(8), item.Grid);
        Assert.Equal(new Dim3(128), item.Block);
        Assert.Equal([4, 4, 8, 8], item.Arguments.Select(argument => argument.Size));
    }

    [Fact]
    public void ADefect_HasItsKindsAndLines()
    {
        ExpectedFinding? finding = PtxFixtures.Load("broken_oob_read").ExpectedFinding;

        Assert.Equal(["out-of-bounds-read", "out-of-bounds-write"], finding!.Kinds);
        Assert.Equal([35, 42, 44, 46], finding.PtxLines);
    }

    [Fact]
    public void AStructure_GetsTheAddressesOfItsBuffers()
    {
        PtxArgument structure = PtxFixtures.Load("params").Cases[0].Arguments[4];
        byte[] bytes = new byte[structure.Size];

        structure.Write(bytes, buffer => buffer == "p" ? 0x123456789ABCUL : throw new ArgumentException(buffer));

        Assert.Equal("bc9a785634120000", Convert.ToHexStringLower(bytes.AsSpan(40, 8)));
        Assert.Equal("fe002c01", Convert.ToHexStringLower(bytes.AsSpan(0, 4)));
        Assert.Equal("090807", Convert.ToHexStringLower(bytes.AsSpan(48, 3)));
    }

    [Fact]
    public void APointer_IsMovedByItsOffset()
    {
        PtxDescription description = Parse(
            parameters: """{"kind": "buffer", "buffer": "x", "offsetBytes": -8}""");
        byte[] bytes = new byte[8];

        description.Cases[0].Arguments[0].Write(bytes, _ => 0x1000);

        Assert.Equal(0xFF8UL, BitConverter.ToUInt64(bytes));
    }

    [Theory]
    [InlineData("s8", "-7", "f9")]
    [InlineData("u64", "9007199254740993", "0100000000002000")]
    [InlineData("f32", "2.5", "00002040")]
    [InlineData("f16", "1", "003c")]
    public void AScalarWithoutPattern_IsMadeOfItsValue(string type, string value, string expected)
    {
        PtxArgument scalar = Parse(
            parameters: $$"""{"kind": "scalar", "type": "{{type}}", "value": {{value}}}""").Cases[0].Arguments[0];
        byte[] bytes = new byte[scalar.Size];

        scalar.Write(bytes, _ => 0);

        Assert.Equal(expected, Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData("""{"kind": "buffer", "buffer": "z"}""", "d.json.cases[0].params[0].buffer: no buffer 'z'")]
    [InlineData(
        """{"kind": "cake"}""",
        "d.json.cases[0].params[0].kind: unknown kind 'cake' (expected buffer, scalar, bytes or tensorMap)")]
    [InlineData(
        """{"kind": "scalar", "type": "u8", "hex": "1ff"}""",
        "d.json.cases[0].params[0].hex: 0x1ff is wider than the type")]
    [InlineData(
        """{"kind": "scalar", "type": "s8", "value": 128}""",
        "d.json.cases[0].params[0].value: 128 (expected a whole number from -128 to 127)")]
    [InlineData(
        """{"kind": "bytes", "size": 4, "hex": "0011"}""",
        "d.json.cases[0].params[0].hex: 2 bytes (expected size = 4)")]
    public void AWrongParameter_IsRefused(string parameter, string message) =>
        ShouldRefuse(() => Parse(parameters: parameter), message);

    [Theory]
    [InlineData(
        """{"rule": "list", "hex": ["1", "2"]}""", "d.json.cases[0].buffers.x.init.hex: 2 patterns (expected 4)")]
    [InlineData("""{"rule": "uniform", "seed": 1}""", "d.json.cases[0].buffers.x.init: 'amp' missing")]
    [InlineData(
        """{"rule": "noise"}""",
        "d.json.cases[0].buffers.x.init.rule: unknown rule 'noise' (expected uniform, bits, range, mix, fill, list, "
        + "iota or none)")]
    public void AWrongRule_IsRefused(string init, string message) => ShouldRefuse(() => Parse(init: init), message);

    [Theory]
    [InlineData(
        """{"buffer": "x", "count": 5, "file": "x.bin", "compare": "bits"}""",
        "d.json.cases[0].expect[0].count: 5 (expected a whole number from 1 to 4)")]
    [InlineData(
        """{"buffer": "x", "count": 4, "file": 7, "compare": "bits"}""",
        "d.json.cases[0].expect[0].file: 7 (expected a text)")]
    [InlineData(
        """{"buffer": "x", "count": 4, "file": "x.bin", "compare": "bits", "view": "f64"}""",
        "d.json.cases[0].expect[0].view: 'f64' is wider than F32")]
    public void AWrongExpectation_IsRefused(string expect, string message) =>
        ShouldRefuse(() => Parse(expect: expect), message);

    [Fact]
    public void AMissingFile_IsRefused()
    {
        PtxDescriptionException refusal =
            Assert.Throws<PtxDescriptionException>(() => PtxDescription.Load("nowhere.json"));

        Assert.Equal("nowhere.json: no such file", refusal.Message);
        Assert.Equal(ErrorCodes.PtxDescription, refusal.Code);
    }

    [Fact]
    public void AFileWithAnotherSum_IsRefused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, "a.ptx"), "other");
        PtxDescription description = Load(folder, Minimal.Replace(
            "\"a.ptx\"", "\"a.ptx\", \"sha256\": \"00\"", StringComparison.Ordinal));

        PtxDescriptionException refusal = Assert.Throws<PtxDescriptionException>(
            () => description.Sources[GpuTarget.Sm80].Read(description));

        Assert.Contains("another file (expected SHA-256 00, found ", refusal.Message, StringComparison.Ordinal);
    }

    private static void ShouldRefuse(Func<PtxDescription> read, string message) =>
        Assert.Equal(message, Assert.Throws<PtxDescriptionException>(read).Message);

    private static PtxDescription Parse(
        string parameters = "", string init = """{"rule": "none"}""", string expect = "")
    {
        using TemporaryFolder folder = new();
        string text = Minimal
            .Replace("PARAMS", parameters, StringComparison.Ordinal)
            .Replace("INIT", init, StringComparison.Ordinal)
            .Replace("EXPECT", expect, StringComparison.Ordinal);
        return Load(folder, text);
    }

    private static PtxDescription Load(TemporaryFolder folder, string text)
    {
        string path = Path.Combine(folder.Path, "d.json");
        text = text.Replace("PARAMS", "", StringComparison.Ordinal)
            .Replace("INIT", """{"rule": "none"}""", StringComparison.Ordinal)
            .Replace("EXPECT", "", StringComparison.Ordinal);
        File.WriteAllText(path, text);
        return PtxDescription.Load(path);
    }
}
