using System.Text.Json;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;
using Xunit.Abstractions;

namespace ViCA.Native.Tests.Models;

/// <summary>
/// The synthetic checkpoint of the real size against the reference's 20 best logits. Needs 16 GB of weights, so it runs
/// only where `VICA_FULL_SIZE_MODEL` names them (`tools/full-size.sh` makes them and runs this).
/// </summary>
public sealed class FullSizeTests(ITestOutputHelper output)
{
    private const double Tolerance = 1.5;

    [SkippableTheory]
    [InlineData("one-frame")]
    [InlineData("four-frames")]
    public async Task Logits_AreAsCloseToExactAsTheReference(string name)
    {
        string? folder = Environment.GetEnvironmentVariable("VICA_FULL_SIZE_MODEL");
        Skip.If(string.IsNullOrEmpty(folder), "needs VICA_FULL_SIZE_MODEL, the synthetic 7B checkpoint (tools/full-size.sh)");
        string fixtures = Path.Combine(RepositoryPaths.Fixtures, "full-size");
        using JsonDocument cases = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(fixtures, "cases.json")));
        JsonElement one = cases.RootElement.GetProperty("cases").EnumerateArray()
            .Single(entry => entry.GetProperty("case").GetString() == name);
        string file = Path.Combine(Directory.CreateTempSubdirectory("vica-full-").FullName, "logits.safetensors");
        await using VicaModel model = await VicaModel.LoadAsync(new VicaModelOptions { ModelPath = folder });

        CaptureReport report = await model.CaptureAsync(
            VideoSource.FromFile(Path.Combine(fixtures, one.GetProperty("clip").GetString()!)),
            one.GetProperty("question").GetString()!,
            new CaptureRequest(["logits"], file)
            {
                Video = new VideoOptions { Frames = one.GetProperty("frames").GetProperty("count").GetInt32() },
            });

        Assert.Equal(one.GetProperty("sequenceLength").GetInt32(), report.PromptTokens);
        using SafetensorsFile captured = SafetensorsFile.Open(file);
        double rms = RmsDistance(
            captured.Find("logits")!.AsSpan<BFloat16>(), one.GetProperty("exact").GetProperty("top20"));
        double reference = one.GetProperty("bf16LogitRmsError").GetDouble();
        output.WriteLine($"{name}: RMS distance {rms:0.0000}, {rms / reference:0.00} of the reference's {reference:0.0000}");
        File.Delete(file);
        Assert.True(rms <= Tolerance * reference, $"RMS distance {rms} (expected at most {Tolerance * reference})");
    }

    private static double RmsDistance(ReadOnlySpan<BFloat16> logits, JsonElement top)
    {
        double sum = 0;
        int[] ids = top.GetProperty("ids").Deserialize<int[]>()!;
        double[] exact = top.GetProperty("logits").Deserialize<double[]>()!;
        for (int i = 0; i < ids.Length; i++)
        {
            double error = logits[ids[i]] - exact[i];
            sum += error * error;
        }

        return Math.Sqrt(sum / ids.Length);
    }
}
