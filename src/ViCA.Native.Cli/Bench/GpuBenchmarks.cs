using ViCA.Native.Cli.KernelCheck;
using ViCA.Native.Cli.Running;
using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Cli.Bench;

/// <summary>The kernels at the model's shapes on a GPU: the timed part of `vica kernels check`, in this process.</summary>
internal static class GpuBenchmarks
{
    /// <summary>Times them and writes the table of the check; the exit code, which a wrong result makes 1.</summary>
    /// <exception cref="EnvironmentException">There is no usable GPU (`env_cuda`).</exception>
    public static int Run(CliConsole console, CancellationToken cancellationToken)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        CudaDevice device = FirstGpu.Open();
        using CaseRunner runner = new(device);
        List<CaseResult> results = [];
        foreach (KernelCase item in KernelCases.ModelSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(runner.Run(item));
            if (results[^1].EndsWorker)
                break;
        }

        CheckReport report = new(
            CheckedDevice.Of(device.Info), results, started, (DateTimeOffset.UtcNow - started).TotalSeconds);
        report.Write(console);
        return report.Passed ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
