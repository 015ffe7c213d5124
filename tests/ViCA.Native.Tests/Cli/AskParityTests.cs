using System.Globalization;
using System.Text.Json;
using ViCA.Native.Tests.Models;

namespace ViCA.Native.Tests.Cli;

/// <summary>Every case of the tiny models through `vica ask`: the reference's ids.</summary>
public sealed class AskParityTests(TinyModels models) : IClassFixture<TinyModels>
{
    [Theory]
    [MemberData(nameof(ParityTests.Cases), MemberType = typeof(ParityTests))]
    public async Task Ask_GivesTheReferenceIds(string modelName, string caseName, VicaPrecision precision)
    {
        FixtureCase one = FixtureCase.Find(modelName, caseName);
        string folder = one.EosTokenIds is { } eos
            ? models.FolderWithStopTokens(modelName, eos)
            : models.Folder(modelName);
        string word = precision == VicaPrecision.FP32 ? "fp32" : "bf16";
        List<string> line =
        [
            "ask", one.Clip(modelName), one.Question, "--model", folder, "--precision", word, "--json",
            "--frames", one.Frames.Count.ToString(CultureInfo.InvariantCulture), "--max-new-tokens", "24",
        ];
        foreach (string option in one.Options ?? [])
            line.AddRange(["--option", option]);
        if (one.TimeInstruction.Length > 0)
            line.Add("--time-instruction");

        CliRun run = await CliRun.Of([.. line]);

        Assert.Equal(0, run.ExitCode);
        using JsonDocument answer = JsonDocument.Parse(run.Output);
        Assert.Equal(one.GeneratedIds[word], answer.RootElement.GetProperty("tokenIds").Deserialize<int[]>());
        Assert.Equal(one.Text, answer.RootElement.GetProperty("text").GetString());
    }
}
