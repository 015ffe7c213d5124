using System.Text.Json;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Checkpoint;
using Xunit.Abstractions;

namespace ViCA.Native.Tests.Models;

/// <summary>The whole path, from clip and question to ids and activations, against the reference implementation.</summary>
public sealed class ParityTests(TinyModels models, ITestOutputHelper output) : IClassFixture<TinyModels>
{
    private const double Fp32Tolerance = 3;
    private const double Bf16Tolerance = 1.15;

    private static readonly int[] EosTokenIds = [594, 592];

    public static TheoryData<string, string, VicaPrecision> Cases
    {
        get
        {
            TheoryData<string, string, VicaPrecision> data = [];
            foreach (string model in (string[])["tiny-a", "tiny-b"])
            {
                foreach (FixtureCase one in FixtureCase.All(model))
                {
                    data.Add(model, one.Case, VicaPrecision.FP32);
                    data.Add(model, one.Case, VicaPrecision.BF16);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Ask_GivesTheReferenceIds(string modelName, string caseName, VicaPrecision precision)
    {
        FixtureCase one = FixtureCase.Find(modelName, caseName);
        string folder = one.EosTokenIds is { } eos
            ? models.FolderWithStopTokens(modelName, eos)
            : models.Folder(modelName);
        await using VicaModel model = await VicaModel.LoadAsync(
            new VicaModelOptions { ModelPath = folder, Precision = precision });
        using PreparedVideo video = await model.PrepareAsync(
            VideoSource.FromFile(one.Clip(modelName)), new VideoOptions { Frames = one.Frames.Count });

        VicaAnswer answer = await model.AskAsync(
            video, one.ToQuestion(), new GenerationOptions { MaxNewTokens = 24 });

        Assert.Equal(one.GeneratedIds[precision == VicaPrecision.FP32 ? "fp32" : "bf16"], answer.TokenIds);
        Assert.Equal(one.Text, answer.Text);
        Assert.Equal(one.SequenceLength, answer.Usage.PromptTokens);
        bool stopped = (one.EosTokenIds ?? EosTokenIds).Contains(answer.TokenIds[^1]);
        Assert.Equal(stopped ? FinishReason.Stop : FinishReason.Length, answer.FinishReason);
    }

    [Theory]
    [InlineData("tiny-a", VicaPrecision.FP32)]
    [InlineData("tiny-a", VicaPrecision.BF16)]
    [InlineData("tiny-b", VicaPrecision.FP32)]
    [InlineData("tiny-b", VicaPrecision.BF16)]
    public async Task Capture_IsAsCloseToExactAsTheReference(string modelName, VicaPrecision precision)
    {
        FixtureCase one = FixtureCase.Find(modelName, "count");
        string key = precision == VicaPrecision.FP32 ? "fp32" : "bf16";
        string file = Path.Combine(models.Folder(modelName), $"capture-{key}.safetensors");
        await using VicaModel model = await VicaModel.LoadAsync(
            new VicaModelOptions { ModelPath = models.Folder(modelName), Precision = precision });
        await model.CaptureAsync(
            VideoSource.FromFile(one.Clip(modelName)),
            one.ToQuestion(),
            new CaptureRequest(["*"], file) { Video = new VideoOptions { Frames = one.Frames.Count } });

        string fixtures = Path.Combine(RepositoryPaths.Fixtures, modelName);
        using JsonDocument tolerances = JsonDocument.Parse(File.ReadAllText(Path.Combine(fixtures, "tolerances.json")));
        using SafetensorsFile exact = SafetensorsFile.Open(Path.Combine(fixtures, "activations.exact.safetensors"), allowAnyType: true);
        using SafetensorsFile captured = SafetensorsFile.Open(file);
        List<string> failures = [];
        foreach (JsonProperty site in tolerances.RootElement.EnumerateObject())
        {
            double own = RmsError(captured.Find(site.Name)!, exact.Find(site.Name)!, Rows(exact, site.Name));
            double reference = site.Value.GetProperty(key + "RmsError").GetDouble();
            double allowed = precision == VicaPrecision.FP32 ? Fp32Tolerance : Bf16Tolerance;
            output.WriteLine($"{site.Name}: {own / reference:0.00} of the reference's {reference:g3}");
            if (!(own <= allowed * reference))
                failures.Add($"{site.Name}: {own:g4} is {own / reference:0.00} of the reference's (expected at most {allowed})");
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static long[] Rows(SafetensorsFile exact, string site)
    {
        if (site == "logits")
            return [0];
        string kind = site.StartsWith("language", StringComparison.Ordinal) ? "language" : "vision";
        return exact.Find($"rows.{kind}")!.AsSpan<long>().ToArray();
    }

    private static double RmsError(CheckpointTensor captured, CheckpointTensor exact, long[] rows)
    {
        int width = (int)exact.Shape[1];
        Assert.Equal(width, captured.Shape[1]);
        ReadOnlySpan<float> expected = exact.AsSpan<float>();
        double sum = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int index = checked((int)(rows[row] * width + column));
                float value = captured.DType == DType.F32
                    ? captured.AsSpan<float>()[index]
                    : captured.AsSpan<BFloat16>()[index];
                double error = value - expected[row * width + column];
                sum += error * error;
            }
        }

        return Math.Sqrt(sum / (rows.Length * (double)width));
    }
}
