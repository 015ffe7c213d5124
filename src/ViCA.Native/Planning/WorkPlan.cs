using ViCA.Native.Generation;
using ViCA.Native.Models.Qwen2;
using ViCA.Native.Models.SigLip;
using ViCA.Native.Models.Vica;

namespace ViCA.Native.Planning;

/// <summary>
/// The memory and the arithmetic of one request, counted from the sizes alone: nothing is loaded. A multiply-add counts
/// as two operations; causal attention counts the positions that are seen.
/// </summary>
public sealed record WorkPlan
{
    /// <summary>Text of a usual question and its template, in tokens.</summary>
    public const int UsualTextTokens = 64;

    /// <summary>New tokens that a usual answer takes.</summary>
    private const int UsualAnswerTokens = 8;

    /// <summary>Share of the processor's multiply-add peak that whole requests reach.</summary>
    private const double Efficiency = 0.65;

    private const double DecodeBytesPerSecond = 12e9;
    private const long ProgramBytes = 150L << 20;

    private WorkPlan(VicaConfig config, int frames, int textTokens, int maxNewTokens, VicaPrecision precision)
    {
        Qwen2Config language = config.Language;
        int bytes = precision == VicaPrecision.FP32 ? 4 : 2;
        Frames = frames;
        VideoTokens = frames * config.Vision.TokensPerFrame;
        PromptTokens = VideoTokens + textTokens;
        ContextLimit = config.MaxContextLength;
        long positions = Math.Min((long)PromptTokens + maxNewTokens, config.MaxContextLength);
        long keyValue = 2L * language.NumLayers * language.NumKvHeads * language.HeadDim;
        KvCacheBytes = positions * (keyValue * bytes + language.HeadDim * sizeof(float));
        VideoTokenBytes = (long)VideoTokens * language.HiddenSize * bytes;
        ActivationBytes = Activations(config, bytes);
        VisionOperations = frames * VisionFrame(config.Vision, language.HiddenSize);
        PrefillOperations = Decoder(language, PromptTokens);
    }

    /// <summary>Frames that the model sees.</summary>
    public int Frames { get; }

    /// <summary>Positions that come from the video.</summary>
    public int VideoTokens { get; }

    /// <summary>Positions before the answer.</summary>
    public int PromptTokens { get; }

    /// <summary>Positions that the model has.</summary>
    public int ContextLimit { get; }

    /// <summary>The checkpoint, mapped from its files.</summary>
    public long WeightBytes { get; private init; }

    /// <summary>Keys, values and rotary tables of all positions.</summary>
    public long KvCacheBytes { get; }

    /// <summary>The video's tokens.</summary>
    public long VideoTokenBytes { get; }

    /// <summary>The arena of activations, and the program itself.</summary>
    public long ActivationBytes { get; }

    /// <summary>All of it.</summary>
    public long TotalBytes => WeightBytes + KvCacheBytes + VideoTokenBytes + ActivationBytes;

    /// <summary>Operations of the vision tower and the projector.</summary>
    public double VisionOperations { get; }

    /// <summary>Operations of the decoder over the prompt.</summary>
    public double PrefillOperations { get; }

    /// <summary>Plans a request.</summary>
    /// <param name="config">The model's sizes.</param>
    /// <param name="weightBytes">Bytes of the checkpoint.</param>
    /// <param name="frames">Frames.</param>
    /// <param name="textTokens">Tokens of the prompt's text.</param>
    /// <param name="maxNewTokens">Limit of new tokens.</param>
    /// <param name="precision">The type of the activations.</param>
    public static WorkPlan Create(
        VicaConfig config,
        long weightBytes,
        int frames,
        int textTokens = UsualTextTokens,
        int maxNewTokens = 1024,
        VicaPrecision precision = VicaPrecision.BF16)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new WorkPlan(config, frames, textTokens, maxNewTokens, precision) { WeightBytes = weightBytes };
    }

    /// <summary>A rough time for a usual answer on a processor of this multiply-add peak.</summary>
    public TimeSpan EstimateTime(double peakGigaflops) => TimeSpan.FromSeconds(
        (VisionOperations + PrefillOperations) / (peakGigaflops * 1e9 * Efficiency)
        + UsualAnswerTokens * (WeightBytes / DecodeBytesPerSecond));

    /// <summary>The most frames whose estimated time is at most <paramref name="limit"/>; at least 1.</summary>
    public static int FramesWithin(
        TimeSpan limit, VicaConfig config, long weightBytes, VicaPrecision precision, double peakGigaflops)
    {
        int frames = 1;
        while (frames < VideoOptions.MaxFrames
            && Create(config, weightBytes, frames + 1, precision: precision).EstimateTime(peakGigaflops) <= limit)
        {
            frames++;
        }

        return frames;
    }

    /// <summary>Throws when the memory that is free does not suffice.</summary>
    /// <exception cref="ResourceException">`resource_memory`, with the whole plan.</exception>
    public void CheckMemory(MachineMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (TotalBytes <= memory.AvailableBytes)
            return;
        throw new ResourceException(
            ErrorCodes.ResourceMemory,
            $"memory: needs {Gib(TotalBytes)} (weights {Gib(WeightBytes)}, KV cache {Gib(KvCacheBytes)}, "
            + $"video tokens {Gib(VideoTokenBytes)}, activations {Gib(ActivationBytes)}), "
            + $"free {Gib(memory.AvailableBytes)} ({memory.LimitedBy}); ask for fewer frames or use a larger machine");
    }

    private static string Gib(long bytes) => FormattableString.Invariant($"{bytes / (double)(1L << 30):0.00} GiB");

    private static double VisionFrame(SigLipConfig vision, int outputSize)
    {
        double patches = (double)vision.PatchesPerSide * vision.PatchesPerSide;
        double width = vision.HiddenSize;
        double layer = 2 * patches * width * (4 * width + 2.0 * vision.IntermediateSize) + 4 * patches * patches * width;
        double embedding = 2 * patches * width * 3 * vision.PatchSize * vision.PatchSize;
        double projector = 2 * patches * outputSize * (width + outputSize);
        return embedding + vision.NumLayers * layer + projector;
    }

    private static double Decoder(Qwen2Config language, double positions)
    {
        double width = language.HiddenSize;
        double keyValue = (double)language.NumKvHeads * language.HeadDim;
        double linear = 2 * positions * width * (2 * width + 2 * keyValue + 3.0 * language.IntermediateSize);
        double attention = 4 * width * positions * (positions + 1) / 2;
        return language.NumLayers * (linear + attention);
    }

    private static long Activations(VicaConfig config, int bytes)
    {
        Qwen2Config language = config.Language;
        long chunk = Generator.PrefillChunk;
        long decoder = chunk * (6L * language.HiddenSize + 2L * language.IntermediateSize) * bytes
            + chunk * language.IntermediateSize * sizeof(float);
        long patches = (long)config.Vision.PatchesPerSide * config.Vision.PatchesPerSide;
        long tower = patches * (6L * config.Vision.HiddenSize + 2L * config.Vision.IntermediateSize) * bytes
            + patches * Math.Max(config.Vision.IntermediateSize, language.HiddenSize) * sizeof(float);
        return Math.Max(decoder, tower) + ProgramBytes;
    }
}
