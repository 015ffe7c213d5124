using ViCA.Native.ModelFolder;
using ViCA.Native.Models.Vica;
using ViCA.Native.Planning;
using ViCA.Native.Tensors.Checkpoint;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Cli.Running;

/// <summary>What a request will take on this machine, known before a model is loaded.</summary>
internal sealed class RequestPlan
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Below this the slowest processor needs no minute, and nothing has to be measured.
    private const double SmallOperations = 60 * 5e9;

    private readonly VicaConfig _config;
    private readonly VicaModelOptions _model;
    private readonly Lazy<double> _peakGigaflops;

    /// <param name="model">Which model, on how many threads.</param>
    /// <param name="frames">Frames that it will see.</param>
    /// <param name="maxNewTokens">Limit of new tokens.</param>
    /// <exception cref="VicaException">The model's files are not usable.</exception>
    public RequestPlan(VicaModelOptions model, int frames, int maxNewTokens)
    {
        Folder = ModelFolderResolver.Resolve(model.ModelPath);
        _model = model;
        _config = VicaConfig.Load(Folder);
        using (Checkpoint checkpoint = Checkpoint.Open(Folder, VicaTensors.IsNeverUsed))
            WeightBytes = checkpoint.ByteLength;
        Work = WorkPlan.Create(_config, WeightBytes, frames, maxNewTokens: maxNewTokens, precision: model.Precision);
        Memory = MachineMemory.Read();
        _peakGigaflops = new Lazy<double>(() =>
        {
            using CpuExecutor cpu = new(model.Threads);
            return CpuPeak.FmaGigaflops(cpu);
        });
    }

    /// <summary>The model's folder.</summary>
    public string Folder { get; }

    /// <summary>Bytes of the weights.</summary>
    public long WeightBytes { get; }

    /// <summary>Memory and arithmetic of the request.</summary>
    public WorkPlan Work { get; }

    /// <summary>What this machine has free.</summary>
    public MachineMemory Memory { get; }

    /// <summary>What the processor can do at best, measured in some milliseconds.</summary>
    public double PeakGigaflops => _peakGigaflops.Value;

    /// <summary>A rough time to the end of a usual answer.</summary>
    public TimeSpan Time => Work.EstimateTime(PeakGigaflops);

    /// <summary>The most frames that take about a minute.</summary>
    public int FramesWithinAMinute =>
        WorkPlan.FramesWithin(Minute, _config, WeightBytes, _model.Precision, PeakGigaflops);

    /// <summary>Whether the user should hear first how long it takes.</summary>
    public bool IsLong => Work.VisionOperations + Work.PrefillOperations > SmallOperations && Time > Minute;

    /// <summary>The estimate in words.</summary>
    public string TimeText
    {
        get
        {
            int fewer = FramesWithinAMinute;
            string hint = fewer < Work.Frames ? $"; --frames {fewer} would take about a minute" : "";
            return $"about {Words(Time)} on this machine for {Work.Frames} frames{hint}";
        }
    }

    /// <summary>Throws when the prompt or the memory will not do.</summary>
    /// <exception cref="RequestException">`request_context`.</exception>
    /// <exception cref="ResourceException">`resource_memory`.</exception>
    public void Check()
    {
        if (Work.PromptTokens >= Work.ContextLimit)
        {
            throw new RequestException(
                ErrorCodes.RequestContext,
                $"prompt: needs {Work.PromptTokens} tokens: {Work.VideoTokens} video + about "
                + $"{Work.PromptTokens - Work.VideoTokens} text (limit {Work.ContextLimit}); ask for fewer frames");
        }
        Work.CheckMemory(Memory);
    }

    private static string Words(TimeSpan time) => time.TotalMinutes switch
    {
        < 1.5 => FormattableString.Invariant($"{time.TotalSeconds:0} s"),
        < 90 => FormattableString.Invariant($"{time.TotalMinutes:0} min"),
        _ => FormattableString.Invariant($"{time.TotalHours:0.0} h"),
    };
}
