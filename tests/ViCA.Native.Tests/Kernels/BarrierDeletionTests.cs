using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Compiler;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Kernels;
using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>
/// Every barrier of our kernels is needed, and Check mode proves it: without it, it finds a race. Each case has two tiles
/// of depth or of keys at least, for the barriers that keep the next tile from being written too early.
/// </summary>
public sealed class BarrierDeletionTests
{
    private const float Epsilon = 1e-6f;

    /// <summary>Barriers whose deletion leaves no conflict between two warps, each with the reason. There is none.</summary>
    private static readonly string[] NotNeeded = [];

    private static readonly Lazy<HashSet<string>> WithBarriers = new(() =>
    [
        .. KernelCatalog.Of(KernelLibrary.Assembly)
            .Where(kernel => KernelCompiler.Compile(kernel, GpuTarget.Sm80).Ptx.Contains("bar.sync", StringComparison.Ordinal))
            .Select(KernelCatalog.NameOf),
    ]);

    private static readonly DType[] Types = [DType.F32, DType.BF16];

    [Fact]
    public void WithoutABarrier_EveryKernelHasARace()
    {
        BarrierDeletionDevice device = new();
        using KernelBench bench = new(device);
        Rows(bench);
        Products(bench);
        AttentionOfEveryHeadSize(bench);

        Assert.Equal(WithBarriers.Value, device.Deletions.Select(deletion => deletion.Kernel).ToHashSet());
        string[] unnoticed =
        [
            .. device.Deletions
                .Where(deletion => !deletion.Findings.Contains(FindingKinds.Race))
                .Select(deletion => $"{deletion.Kernel}: {deletion.Place}")
                .Distinct(),
        ];
        Assert.Equal(NotNeeded, unnoticed);
    }

    private static void Rows(KernelBench bench)
    {
        foreach (DType dtype in Types)
        {
            foreach (int columns in (int[])[512, 257])
            {
                Tensor x = bench.Upload(bench.Random(dtype, 1, columns)), y = bench.EmptyOnDevice(dtype, 1, columns);
                Tensor weight = bench.Upload(bench.Random(DType.F32, 1, columns));
                Op.RmsNorm(bench.Device, x, weight, Epsilon, y);
                Op.AddRmsNorm(bench.Device, x, y, weight, Epsilon, bench.EmptyOnDevice(dtype, 1, columns));
                Op.LayerNorm(bench.Device, x, weight, weight, Epsilon, y);
                Op.Softmax(bench.Device, x, y);
                Op.ArgMax(bench.Device, x, new uint[(columns + 31) / 32], 1f);
            }
        }
    }

    private static void Products(KernelBench bench)
    {
        foreach ((DType xType, DType yType) in ((DType, DType)[])
            [(DType.F32, DType.F32), (DType.BF16, DType.BF16), (DType.BF16, DType.F32)])
        {
            foreach (DType weightType in Types)
            {
                foreach ((int inputs, int outputs) in ((int, int)[])[(33, 33), (36, 36), (36, 64 * 128)])
                {
                    Tensor x = bench.Upload(bench.Random(xType, 2, inputs));
                    Tensor weight = bench.Upload(bench.Random(weightType, outputs, inputs));
                    Op.Linear(bench.Device, x, weight, null, bench.EmptyOnDevice(yType, 2, outputs));
                }
            }
        }
    }

    private static void AttentionOfEveryHeadSize(KernelBench bench)
    {
        const int Tokens = 65;
        foreach (DType dtype in Types)
        {
            foreach (int headDim in (int[])[32, 64, 72, 128])
            {
                Tensor q = bench.Upload(bench.Random(dtype, Tokens, headDim)), y = bench.EmptyOnDevice(dtype, Tokens, headDim);
                Op.BidirectionalAttention(bench.Device, q, q, q, 1, y);
                Op.CausalAttention(bench.Device, q, q, q, 1, Tokens, y);
                Op.CausalAttention(bench.Device, q.Slice(0, 1), q, q, 1, Tokens, y.Slice(0, 1));
            }
        }
    }
}
