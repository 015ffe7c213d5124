using System.Diagnostics;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Attention;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Kernels.Gemm;
using ViCA.Native.Kernels.Norm;

namespace ViCA.Native.Cli.Bench;

/// <summary>
/// The emulator: how fast it runs, and what it counts of our kernels at small shapes with the model's widths. Times here
/// say nothing about a GPU; the counts are the same in every run.
/// </summary>
internal sealed class EmulatorBenchmarks : IDisposable
{
    private const int Hidden = 3584;
    private const int SoftmaxRows = 512;
    private const int RowThreads = 256;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    private readonly EmulatedDevice _device = new(workers: 1);
    private readonly List<GpuBuffer> _buffers = [];
    private readonly Random _random = new(1);

    /// <summary>
    /// Softmax over rows, fp32 [512, 3584], 256 threads a row, on one core; translation excluded, .NET's own of the
    /// emulator too, which takes about a second.
    /// </summary>
    public BenchRow Softmax()
    {
        SoftmaxKernel<float, N8> kernel = new(Floats(SoftmaxRows * Hidden), Floats(SoftmaxRows * Hidden), Hidden);
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            _device.Launch(SoftmaxRows, RowThreads, kernel);
        (double seconds, double _) = Stopwatches.Median(() => _device.Launch(SoftmaxRows, RowThreads, kernel));
        return new BenchRow(
            $"emulated softmax {SoftmaxRows}x{Hidden} fp32, one core",
            _device.LaneInstructions / seconds / 1e6,
            "M lane-instructions/s",
            null,
            null,
            seconds * 1e3);
    }

    /// <summary>The counters of one launch of each kernel.</summary>
    public IEnumerable<(string Shape, KernelProfile Profile)> Counters()
    {
        const int Rows = 4;
        const int Wide = 18944;
        Global<float> weight = Floats(Wide);
        yield return Profile(
            Rows, $"[{Rows}, {Hidden}]", new RmsNormKernel<BFloat16, N8>(Halves(Rows * Hidden), weight, Halves(Rows * Hidden), Hidden, 1e-6f));
        yield return Profile(
            Rows, $"[{Rows}, {Hidden}]", new SoftmaxKernel<float, N8>(Floats(Rows * Hidden), Floats(Rows * Hidden), Hidden));
        yield return Profile(
            Rows * Wide / (8 * ElementBlock.Threads),
            $"[{Rows}, {Wide}]",
            new SiluMultiplyKernel<BFloat16, N8>(Halves(Rows * Wide), Halves(Rows * Wide), Halves(Rows * Wide), Rows * Wide / 8));
        const int Tile = 128;
        yield return Profile(
            1,
            $"[{Tile}, {Tile}], k = {Hidden}",
            new GemmKernel<BFloat16, BFloat16, BFloat16, N4, N8, N16>(
                Halves(Tile * Hidden), Halves(Tile * Hidden), new Global<float>(0), Halves(Tile * Tile), Tile, Tile, Hidden));
        const int Queries = 64;
        const int Keys = 256;
        const int HeadDim = 128;
        AttentionShape shape = new(Queries, 1, HeadDim, HeadDim, Keys * HeadDim, HeadDim, Keys - Queries, Keys);
        yield return Profile(
            1,
            $"{Queries} queries, {Keys} keys of {HeadDim}",
            new AttentionKernel<BFloat16, N16, CausalMask>(
                Halves(Queries * HeadDim), Halves(Keys * HeadDim), Halves(Keys * HeadDim), Halves(Queries * HeadDim), shape, 0.088f));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuBuffer buffer in _buffers)
            buffer.Dispose();
        _device.Dispose();
    }

    private (string Shape, KernelProfile Profile) Profile<TKernel>(Dim3 grid, string shape, TKernel kernel)
        where TKernel : unmanaged, IKernel => (shape, _device.Profile(grid, TKernel.BlockThreads, kernel));

    private Global<float> Floats(int length)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = _random.NextSingle() - 0.5f;
        GpuBuffer buffer = _device.Upload<float>(values);
        _buffers.Add(buffer);
        return buffer.As<float>();
    }

    private Global<BFloat16> Halves(int length)
    {
        BFloat16[] values = new BFloat16[length];
        for (int i = 0; i < length; i++)
            values[i] = (BFloat16)(_random.NextSingle() - 0.5f);
        GpuBuffer buffer = _device.Upload<BFloat16>(values);
        _buffers.Add(buffer);
        return buffer.As<BFloat16>();
    }
}
