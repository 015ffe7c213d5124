using System.CommandLine;
using ViCA.Native.Cli.KernelCheck;
using ViCA.Native.Cli.Options;
using ViCA.Native.Cli.Running;

namespace ViCA.Native.Cli.Commands;

/// <summary>`vica kernels run`: cases in this process, up to a fault.</summary>
internal sealed class KernelsRunCommand : Verb
{
    private readonly Argument<string[]> _cases = KernelsCheckCommand.CaseArgument();

    private readonly Option<PtxDevice> _device = KernelsCheckCommand.DeviceOption();

    public KernelsRunCommand()
        : base(
            "run",
            "Runs kernels on generated inputs in this process and compares their results; a line of JSON for each case, with "
            + "--json and without. A fault of the GPU ends it. Exits with 0 when all pass, else with 1.")
    {
        Add(_cases);
        Add(_device);
        Examples = ["vica kernels run RmsNorm/BF16/3x127", "vica kernels run CausalAttention --device cuda"];
    }

    public override Task<int> RunAsync(ParseResult line, CliConsole console, CancellationToken cancellationToken)
    {
        bool isCuda = line.GetValue(_device) == PtxDevice.Cuda;
        IReadOnlyList<KernelCase> cases = KernelsCheckCommand.Selected(line.GetRequiredValue(_cases), isCuda);
        using CaseRunner runner = isCuda ? new CaseRunner(FirstGpu.Open()) : CaseRunner.OnEmulator();
        bool passed = true;
        foreach (KernelCase item in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CaseResult result = runner.Run(item);
            console.Output.WriteLine(result.ToLine());
            console.Output.Flush();
            passed &= result.Passed;
            if (result.EndsWorker)
                break;
        }

        return Task.FromResult(passed ? ExitCodes.Ok : ExitCodes.Failed);
    }
}
