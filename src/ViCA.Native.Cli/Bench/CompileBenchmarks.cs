using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Kernels;

namespace ViCA.Native.Cli.Bench;

/// <summary>How long our compiler takes from IL to PTX for sm_90a, in a process that has compiled each kernel before.</summary>
internal static class CompileBenchmarks
{
    /// <summary>
    /// For each kernel, the median of its slowest instance; the slowest kernels first, and last the median over all
    /// instances.
    /// </summary>
    public static IEnumerable<BenchRow> Run()
    {
        List<(string Name, double Seconds)> instances =
        [
            .. KernelCatalog.Of(KernelLibrary.Assembly).Select(kernel => (
                KernelCatalog.NameOf(kernel),
                Stopwatches.Median(() => KernelCompiler.Compile(kernel, GpuTarget.Sm90a)).Seconds)),
        ];
        double[] sorted = [.. instances.Select(instance => instance.Seconds).Order()];
        return instances
            .GroupBy(instance => instance.Name.Split('<')[0])
            .Select(kernel => kernel.MaxBy(instance => instance.Seconds))
            .OrderByDescending(kernel => kernel.Seconds)
            .Select(kernel => Row($"compile {kernel.Name}", kernel.Seconds))
            .Append(Row($"compile, median of {instances.Count} kernels", sorted[sorted.Length / 2]));
    }

    private static BenchRow Row(string name, double seconds) => new(name, 1 / seconds, "kernels/s", null, null, seconds * 1e3);
}
