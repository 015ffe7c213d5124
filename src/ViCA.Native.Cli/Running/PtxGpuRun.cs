using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Cuda;
using ViCA.Native.Gpu.Emulator.Descriptions;

namespace ViCA.Native.Cli.Running;

/// <summary>The cases of a PTX description on a GPU, one after the other, up to a fault.</summary>
internal static class PtxGpuRun
{
    /// <summary>Runs the cases; those behind a fault are not run, since it spoils the GPU for this process.</summary>
    public static List<PtxCaseResult> Run(
        PtxDescription description,
        IReadOnlyList<(PtxCase Item, GpuTarget Target)> selected,
        CudaDevice gpu,
        CancellationToken cancellationToken)
    {
        List<PtxCaseResult> results = [];
        PtxCaseResult? fault = null;
        foreach ((PtxCase item, GpuTarget target) in selected)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PtxCaseResult result = fault is null
                ? PtxDescriptionRun.Run(description, item, target, gpu)
                : PtxDescriptionRun.NotRun(item, target, $"the fault of {fault.Name} spoilt the GPU for this process");
            results.Add(result);
            if (result.Refusal?.Code is ErrorCodes.DeviceFault or ErrorCodes.DeviceLost)
                fault = result;
        }

        return results;
    }
}
