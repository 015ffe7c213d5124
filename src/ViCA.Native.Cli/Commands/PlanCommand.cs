using System.CommandLine;
using System.Text.Json;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.Cli.Running;
using ViCA.Native.Planning;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica plan`: memory and time of a request, before anything is loaded.</summary>
internal sealed class PlanCommand : Verb
{
    private readonly Option<int> _frames = Opt.Integer(
        "--frames", 1, VideoOptions.MaxFrames, VideoOptions.Default.Frames, "Frames of the video, 1 to 512 (64).");

    private readonly ModelArguments _model;

    public PlanCommand()
        : base(
            "plan",
            "Says what a question will take on this machine, memory and time, before anything is loaded. It ends with "
            + "exit code 6 when memory does not suffice.")
    {
        Add(_frames);
        _model = new ModelArguments(this);
        Examples = ["vica plan --model DIR", "vica plan --model DIR --frames 8 --json"];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        RequestPlan plan = new(_model.Read(line), line.GetValue(_frames), new GenerationOptions().MaxNewTokens);
        if (console.Json)
            console.WriteJson(json => WriteJson(json, plan));
        else
            Columns.Write(console.Output, Rows(plan));
        plan.Check();
        return Task.FromResult(ExitCodes.Ok);
    }

    private static List<string[]> Rows(RequestPlan plan)
    {
        WorkPlan work = plan.Work;
        return
        [
            ["frames", $"{work.Frames}"],
            ["prompt", $"about {work.PromptTokens} tokens, {work.VideoTokens} of the video "
                + $"(limit {work.ContextLimit})"],
            ["weights", $"{DiskSpace.Format(work.WeightBytes)}, mapped from the files"],
            ["KV cache", DiskSpace.Format(work.KvCacheBytes)],
            ["video", DiskSpace.Format(work.VideoTokenBytes)],
            ["activations", DiskSpace.Format(work.ActivationBytes)],
            ["in all", $"{DiskSpace.Format(work.TotalBytes)} of {DiskSpace.Format(plan.Memory.AvailableBytes)} free "
                + $"(limited by the {plan.Memory.LimitedBy})"],
            ["vision", FormattableString.Invariant($"{work.VisionOperations / 1e12:0.00} TFLOP")],
            ["prefill", FormattableString.Invariant($"{work.PrefillOperations / 1e12:0.00} TFLOP")],
            ["processor", FormattableString.Invariant($"{plan.PeakGigaflops:0} GFLOP/s at best")],
            ["time", plan.TimeText],
        ];
    }

    private static void WriteJson(Utf8JsonWriter json, RequestPlan plan)
    {
        WorkPlan work = plan.Work;
        json.WriteNumber("frames", work.Frames);
        json.WriteNumber("videoTokens", work.VideoTokens);
        json.WriteNumber("promptTokens", work.PromptTokens);
        json.WriteNumber("contextLimit", work.ContextLimit);
        json.WriteNumber("weightBytes", work.WeightBytes);
        json.WriteNumber("kvCacheBytes", work.KvCacheBytes);
        json.WriteNumber("videoTokenBytes", work.VideoTokenBytes);
        json.WriteNumber("activationBytes", work.ActivationBytes);
        json.WriteNumber("totalBytes", work.TotalBytes);
        json.WriteNumber("availableBytes", plan.Memory.AvailableBytes);
        json.WriteString("limitedBy", plan.Memory.LimitedBy);
        json.WriteNumber("visionOperations", work.VisionOperations);
        json.WriteNumber("prefillOperations", work.PrefillOperations);
        json.WriteNumber("peakGigaflops", Math.Round(plan.PeakGigaflops, 1));
        json.WriteNumber("estimatedSeconds", Math.Round(plan.Time.TotalSeconds, 1));
        json.WriteNumber("framesWithinAMinute", plan.FramesWithinAMinute);
    }
}
