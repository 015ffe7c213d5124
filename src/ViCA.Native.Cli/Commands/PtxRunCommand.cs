using System.CommandLine;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Output;
using ViCA.Native.Cli.Running;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Cuda;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Emulator.Descriptions;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica ptx run`: PTX on the emulator or a GPU, as a description says.</summary>
internal sealed class PtxRunCommand : Verb
{
    private readonly Argument<string> _file = new("FILE.json") { Description = "The description." };

    private readonly Option<string?> _case = Opt.Text("--case", "NAME", "Run only this case.");

    private readonly Option<TargetChoice> _target = Opt.Choice(
        "--arch",
        "Run only the PTX of this target.",
        ("all", TargetChoice.All),
        ("sm_80", TargetChoice.Sm80),
        ("sm_90a", TargetChoice.Sm90a));

    private readonly Option<EmulatorMode> _mode = Opt.Choice(
        "--mode",
        "run: results, and counters where the description has some; check: also races, uninitialised reads, misuse of "
        + "barriers; profile: also all counters. The last two only on the emulator.",
        ("run", EmulatorMode.Run),
        ("check", EmulatorMode.Check),
        ("profile", EmulatorMode.Profile));

    private readonly Option<PtxDevice> _device = Opt.Choice(
        "--device", "What runs it.", ("emulator", PtxDevice.Emulator), ("cuda", PtxDevice.Cuda));

    public PtxRunCommand()
        : base(
            "run",
            "Runs PTX as a description says (launches, inputs by formula, expected outputs and counters). Exits with 0 "
            + "when all is as described and, with --mode check, nothing is found but a defect that the description "
            + "expects; else with 1. A GPU has no counters and finds nothing: there, outputs are compared, and cases with a "
            + "planted defect or PTX for another chip are not run.")
    {
        Add(_file);
        Add(_case);
        Add(_target);
        Add(_mode);
        Add(_device);
        Examples =
        [
            "vica ptx run saxpy.json",
            "vica ptx run broken_missing_bar.json --mode check",
            "vica ptx run transpose.json --case plain --arch sm_80 --mode profile --json",
        ];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        EmulatorMode mode = line.GetValue(_mode);
        bool isCuda = line.GetValue(_device) == PtxDevice.Cuda;
        if (isCuda && mode != EmulatorMode.Run)
        {
            throw new UsageException(
                ErrorCodes.UsageConflict, "--mode check and profile need --device emulator: a GPU neither finds nor counts");
        }
        PtxDescription description = PtxDescription.Load(line.GetRequiredValue(_file));
        List<(PtxCase Item, GpuTarget Target)> selected = Selected(line, description);
        using CudaDevice? gpu = isCuda ? FirstGpu.Open() : null;
        List<PtxCaseResult> results = gpu is not null
            ? PtxGpuRun.Run(description, selected, gpu, cancellationToken)
            : [.. selected.Select(one => PtxDescriptionRun.Run(
                description, one.Item, one.Target, mode, cancellationToken: cancellationToken))];
        if (console.Json)
            console.WriteJson(json => PtxResults.WriteJson(json, description.Name, results));
        else
            PtxResults.Write(console.Output, results);
        return Task.FromResult(results.Exists(result => result.Failed) ? ExitCodes.Failed : ExitCodes.Ok);
    }

    private List<(PtxCase Item, GpuTarget Target)> Selected(ParseResult line, PtxDescription description)
    {
        string? name = line.GetValue(_case);
        GpuTarget? only = line.GetValue(_target) switch
        {
            TargetChoice.Sm80 => GpuTarget.Sm80,
            TargetChoice.Sm90a => GpuTarget.Sm90a,
            _ => null,
        };
        if (name is not null && description.Cases.All(item => item.Name != name))
        {
            string hint = Spelling.Nearest(name, description.Cases.Select(item => item.Name)) is { } near
                ? $"did you mean '{near}'?"
                : $"expected one of {PrintableText.List([.. description.Cases.Select(item => item.Name)])}";
            throw new UsageException(
                ErrorCodes.UsageOption, $"--case: no case '{PrintableText.Clip(name)}' in {description.Name}; {hint}");
        }
        List<(PtxCase Item, GpuTarget Target)> selected =
        [
            .. from item in description.Cases
               where name is null || item.Name == name
               from target in description.Sources.Keys
               where only is null || target == only
               where item.Targets is null || item.Targets.Contains(target)
               select (item, target),
        ];
        if (selected.Count == 0)
        {
            throw new UsageException(
                ErrorCodes.UsageOption, $"--arch: {description.Name} has nothing for this target; leave --arch out");
        }
        return selected;
    }
}
