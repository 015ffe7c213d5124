using System.CommandLine;
using ViCA.Native.Cli.KernelCheck;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Running;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica kernels check`: every kernel on a device, compared and, on a GPU, timed.</summary>
internal sealed class KernelsCheckCommand : Verb
{
    /// <summary>For all cases; what is not reached then is not run, and fails the check.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(300);

    private readonly Argument<string[]> _cases = CaseArgument();

    private readonly Option<PtxDevice> _device = DeviceOption();

    private readonly Option<string?> _output = Opt.Text(
        "--output", "DIR", "A folder for the results as well: DATE-DEVICE.json and .txt.");

    public KernelsCheckCommand()
        : base(
            "check",
            "Runs every kernel on generated inputs and compares the results. A GPU is compared with the emulator of the same "
            + "PTX, bit for bit where no instruction approximates, and timed; at the model's shapes it is compared with "
            + "the processor. The emulator is compared with the processor. Workers run the cases, so a fault costs one "
            + "case. Ends within five minutes. Exits with 0 when all pass, else with 1.")
    {
        Add(_cases);
        Add(_device);
        Add(_output);
        Examples =
        [
            "vica kernels check RmsNorm Linear/BF16-BF16-BF16",
            "vica kernels check --device cuda --output benchmarks/results",
        ];
    }

    /// <summary>The argument that names cases.</summary>
    public static Argument<string[]> CaseArgument() => new("CASE")
    {
        Description = "Cases by name, or by the first parts of it: Softmax, Softmax/F32, Softmax/F32/3x127 (all).",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The option that names the device.</summary>
    public static Option<PtxDevice> DeviceOption() => Opt.Choice(
        "--device", "What runs the kernels.", ("emulator", PtxDevice.Emulator), ("cuda", PtxDevice.Cuda));

    /// <summary>The cases of these names for a device; only a GPU is given the model's shapes.</summary>
    /// <exception cref="UsageException">There is no such case.</exception>
    public static IReadOnlyList<KernelCase> Selected(string[] words, bool isCuda) => KernelCases.Select(
        isCuda ? [.. KernelCases.Small, .. KernelCases.ModelSize] : KernelCases.Small, words);

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        bool isCuda = line.GetValue(_device) == PtxDevice.Cuda;
        string[] names = [.. Selected(line.GetRequiredValue(_cases), isCuda).Select(item => item.Name)];
        CheckedDevice device = isCuda ? CheckedDevice.Of(FirstGpu.Look()) : CheckedDevice.Emulator;
        CheckWorker worker = new(isCuda ? "cuda" : "emulator", console, started + Limit);
        string? folder = line.GetValue(_output);
        if (folder is not null)
            CheckFiles.RequireFolder(folder);
        int done = 0;
        CheckRun run = new(
            (cases, report) => worker.Run(cases, report, cancellationToken),
            result => console.Notice($"{++done}/{names.Length} {result.Name} {result.Message ?? "passed"}"));
        IReadOnlyList<CaseResult> results = run.Run(names);
        CheckReport found = new(device, results, started, (DateTimeOffset.UtcNow - started).TotalSeconds);
        if (folder is not null)
            CheckFiles.Write(folder, found);
        found.Write(console);
        return Task.FromResult(found.Passed ? ExitCodes.Ok : ExitCodes.Failed);
    }
}
