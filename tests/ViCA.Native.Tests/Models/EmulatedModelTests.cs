using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Tests.Models;

/// <summary>The whole model through the GPU kernels, on the emulator: the CPU's ids.</summary>
public sealed class EmulatedModelTests(TinyModels models) : IClassFixture<TinyModels>
{
    public static TheoryData<string, string, VicaPrecision> Cases
    {
        get
        {
            TheoryData<string, string, VicaPrecision> data = [];
            foreach (VicaPrecision precision in (VicaPrecision[])[VicaPrecision.FP32, VicaPrecision.BF16])
            {
                data.Add("tiny-a", "one-frame", precision);
                data.Add("tiny-a", "choice", precision);
                foreach (FixtureCase one in FixtureCase.All("tiny-b"))
                    data.Add("tiny-b", one.Case, precision);
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
            new VicaModelOptions { ModelPath = folder, Precision = precision, Device = VicaDevice.Emulator });
        using PreparedVideo video = await model.PrepareAsync(
            VideoSource.FromFile(one.Clip(modelName)), new VideoOptions { Frames = one.Frames.Count });

        VicaAnswer answer = await model.AskAsync(
            video, one.ToQuestion(), new GenerationOptions { MaxNewTokens = 24 });

        Assert.Equal(one.GeneratedIds[precision == VicaPrecision.FP32 ? "fp32" : "bf16"], answer.TokenIds);
    }

    [Fact]
    public async Task Capture_ShowsTheSitesOfTheCpu()
    {
        FixtureCase one = FixtureCase.Find("tiny-b", "one-frame");
        Dictionary<VicaDevice, float[]> logits = [];
        foreach (VicaDevice device in (VicaDevice[])[VicaDevice.Cpu, VicaDevice.Emulator])
        {
            string file = Path.Combine(models.Folder("tiny-b"), $"capture-{device}.safetensors");
            await using VicaModel model = await VicaModel.LoadAsync(new VicaModelOptions
            {
                ModelPath = models.Folder("tiny-b"),
                Precision = VicaPrecision.FP32,
                Device = device,
            });
            await model.CaptureAsync(
                VideoSource.FromFile(one.Clip("tiny-b")),
                one.ToQuestion(),
                new CaptureRequest(["vision.layers.1", "language.layers.0.k_proj", "logits"], file)
                {
                    Video = new VideoOptions { Frames = one.Frames.Count },
                });
            using SafetensorsFile captured = SafetensorsFile.Open(file);
            Assert.Equal(3, captured.Tensors.Count);
            logits[device] = captured.Find("logits")!.AsSpan<float>().ToArray();
        }

        float largest = logits[VicaDevice.Cpu].Max(MathF.Abs);
        foreach ((float expected, float found) in logits[VicaDevice.Cpu].Zip(logits[VicaDevice.Emulator]))
            Assert.InRange(found, expected - 1e-4f * largest, expected + 1e-4f * largest);
    }
}
