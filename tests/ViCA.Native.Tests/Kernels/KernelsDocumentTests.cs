using System.Globalization;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Norm;

namespace ViCA.Native.Tests.Kernels;

/// <summary>docs/kernels.md says what its kernels do; the emulator counts it again.</summary>
public sealed class KernelsDocumentTests
{
    private const int Rows = 64;
    private const int Hidden = 3584;

    [Fact]
    public void Table_IsWhatTheEmulatorCounts()
    {
        using EmulatedDevice device = new();
        BFloat16[] values = new BFloat16[Rows * Hidden];
        for (int i = 0; i < values.Length; i++)
            values[i] = (BFloat16)(((i * 37 % 101) - 50) / 50f);
        using GpuBuffer input = device.Upload<BFloat16>(values);
        using GpuBuffer scales = device.Upload<float>(Enumerable.Repeat(0.5f, Hidden).ToArray());
        using GpuBuffer output = device.Allocate(input.Bytes);
        Global<BFloat16> x = input.As<BFloat16>();
        Global<BFloat16> y = output.As<BFloat16>();
        Global<float> weight = scales.As<float>();
        string[] rows =
        [
            Row("a thread per row", device.Profile(Rows / 32, 32, new RmsNormSteps.ThreadPerRow(x, weight, y, Rows, Hidden, 1e-6f))),
            Row("a warp per row", device.Profile(Rows, 32, new RmsNormSteps.WarpPerRow(x, weight, y, Hidden, 1e-6f))),
            Row("16 bytes per access", device.Profile(Rows, 32, new RmsNormSteps.WideAccesses(x, weight, y, Hidden, 1e-6f))),
            Row("a block per row (RmsNormKernel)", device.Profile(Rows, 256, new RmsNormKernel<BFloat16, N8>(x, weight, y, Hidden, 1e-6f))),
        ];
        string document = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "kernels.md"));
        string table = string.Join('\n', rows);
        Assert.True(document.Contains(table, StringComparison.Ordinal), $"docs/kernels.md does not hold\n{table}");
    }

    private static string Row(string step, KernelProfile profile)
    {
        EmulatorCounters counters = profile.Counters!;
        InstructionCounters loads = counters.Memory("ld.global");
        InstructionCounters stores = counters.Memory("st.global");
        long sectors = loads.Sectors + stores.Sectors;
        long use = 100 * (loads.BytesUsed + stores.BytesUsed) / (32 * sectors);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {step} | {counters.WarpInstructions:N0} | {loads.Requests + stores.Requests:N0} | {sectors:N0} | {use} % |");
    }
}
