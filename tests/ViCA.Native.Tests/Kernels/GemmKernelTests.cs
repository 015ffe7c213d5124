using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>Matrix and vector products against the CPU path.</summary>
public sealed class GemmKernelTests
{
    public static TheoryData<int, int, int, DType, DType, DType> Shapes
    {
        get
        {
            TheoryData<int, int, int, DType, DType, DType> data = [];
            foreach ((DType x, DType weight, DType y) in ((DType, DType, DType)[])
                [
                    (DType.BF16, DType.BF16, DType.BF16), (DType.F32, DType.BF16, DType.F32), (DType.BF16, DType.BF16, DType.F32),
                    (DType.F32, DType.F32, DType.F32), (DType.BF16, DType.F32, DType.BF16),
                ])
            {
                // Small tiles are 32 wide and 16 deep; 588 inputs are the patch embedding's.
                foreach ((int m, int k, int n) in ((int, int, int)[])
                    [(1, 8, 5), (1, 600, 33), (1, 3584, 8), (2, 15, 31), (3, 16, 32), (4, 17, 33), (4, 588, 144), (33, 48, 64)])
                {
                    data.Add(m, k, n, x, weight, y);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Linear_MatchesTheCpu(int m, int k, int n, DType xType, DType weightType, DType yType)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(xType, m, k), weight = bench.Random(weightType, n, k);
        Tensor bias = bench.Random(DType.BF16, 1, n), y = bench.Empty(yType, m, n);
        Op.Linear(bench.Host, x, weight, bias, y);
        Tensor deviceY = bench.EmptyOnDevice(yType, m, n);
        Op.Linear(bench.Device, bench.Upload(x), bench.Upload(weight), bench.Upload(bias), deviceY);
        bench.ShouldBeClose(deviceY, y);
    }

    [Theory]
    [InlineData(DType.F32, 1)]
    [InlineData(DType.BF16, 1)]
    [InlineData(DType.F32, 2)]
    [InlineData(DType.BF16, 2)]
    public void Linear_WithoutABias_MatchesTheCpu(DType dtype, int m)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, m, 256), weight = bench.Random(DType.BF16, 40, 256), y = bench.Empty(dtype, m, 40);
        Op.Linear(bench.Host, x, weight, null, y);
        Tensor deviceY = bench.EmptyOnDevice(dtype, m, 40);
        Op.Linear(bench.Device, bench.Upload(x), bench.Upload(weight), null, deviceY);
        bench.ShouldBeClose(deviceY, y);
    }

    [Theory]
    [InlineData(DType.F32)]
    [InlineData(DType.BF16)]
    public void Linear_OfManyColumns_TakesTheLargeTiles_AndMatchesTheCpu(DType dtype)
    {
        using KernelBench bench = new();
        const int Outputs = 64 * 128;
        Tensor x = bench.Random(dtype, 3, 20), weight = bench.Random(DType.BF16, Outputs, 20);
        Tensor bias = bench.Random(DType.BF16, 1, Outputs), y = bench.Empty(dtype, 3, Outputs);
        Op.Linear(bench.Host, x, weight, bias, y);
        Tensor deviceY = bench.EmptyOnDevice(dtype, 3, Outputs);
        Op.Linear(bench.Device, bench.Upload(x), bench.Upload(weight), bench.Upload(bias), deviceY);
        bench.ShouldBeClose(deviceY, y);
    }
}
