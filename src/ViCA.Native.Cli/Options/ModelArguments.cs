using System.CommandLine;
using ViCA.Native.Cli.Running;

namespace ViCA.Native.Cli.Options;

/// <summary>Which model, and what it runs on.</summary>
internal sealed class ModelArguments
{
    private const int MaxThreads = 1024;

    private readonly Option<string?> _model = ModelOption();

    private readonly Option<VicaPrecision> _precision = PrecisionOption();

    private readonly Option<VicaDevice> _device = Opt.Choice(
        "--device",
        "What it runs on: the processor (the default), the PTX emulator, an NVIDIA GPU, or the GPU where there is one.",
        ("cpu", VicaDevice.Cpu),
        ("emulator", VicaDevice.Emulator),
        ("cuda", VicaDevice.Cuda),
        ("auto", VicaDevice.Auto));

    private readonly Option<int> _threads = Opt.Integer(
        "--threads", 1, MaxThreads, 0, "Threads; one for each processor when not given. Answers do not depend on it.");

    public ModelArguments(Verb verb)
    {
        verb.Add(_model);
        verb.Add(_precision);
        verb.Add(_device);
        verb.Add(_threads);
    }

    /// <summary>`--model`, for verbs that only look at a model's files.</summary>
    public static Option<string?> ModelOption() => Opt.Text(
        "--model",
        "DIR|ID",
        "A model folder, or an id such as nkkbr/ViCA that the Hugging Face cache holds; VICA_MODEL when not given.");

    /// <summary>`--precision`.</summary>
    public static Option<VicaPrecision> PrecisionOption() => Opt.Choice(
        "--precision",
        "The type of the activations; bf16 rounds where the reference rounds (the default).",
        ("bf16", VicaPrecision.BF16),
        ("fp32", VicaPrecision.FP32));

    /// <summary>How to load the model.</summary>
    /// <exception cref="EnvironmentException">The device is not to be had.</exception>
    public VicaModelOptions Read(ParseResult line)
    {
        VicaDevice device = line.GetValue(_device);
        if (device == VicaDevice.Cuda)
            _ = FirstGpu.Look();
        return new VicaModelOptions
        {
            ModelPath = line.GetValue(_model),
            Precision = line.GetValue(_precision),
            Device = device,
            Threads = line.GetValue(_threads),
        };
    }
}
