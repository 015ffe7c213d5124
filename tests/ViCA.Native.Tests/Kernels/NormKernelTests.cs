using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The kernels that reduce rows, against the CPU path.</summary>
public sealed class NormKernelTests
{
    private const float Epsilon = 1e-6f;

    public static TheoryData<DType, int, int> Shapes
    {
        get
        {
            TheoryData<DType, int, int> data = [];
            foreach (DType dtype in (DType[])[DType.F32, DType.BF16])
            {
                foreach ((int rows, int columns) in ((int, int)[])
                    [(1, 1), (3, 127), (1, 255), (2, 256), (1, 257), (1, 2040), (1, 2048), (1, 2056), (4, 1152), (2, 3584)])
                {
                    data.Add(dtype, rows, columns);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void RmsNorm_MatchesTheCpu(DType dtype, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, rows, columns, 3), weight = bench.Random(DType.BF16, 1, columns);
        Tensor y = bench.Empty(dtype, rows, columns), deviceX = bench.Upload(x);
        Op.RmsNorm(bench.Host, x, weight, Epsilon, y);
        Op.RmsNorm(bench.Device, deviceX, bench.Upload(weight), Epsilon, deviceX);
        bench.ShouldBeClose(deviceX, y);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AddRmsNorm_MatchesTheCpu(DType dtype, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor hidden = bench.Random(dtype, rows, columns, 3), x = bench.Random(dtype, rows, columns);
        Tensor weight = bench.Random(DType.F32, 1, columns), y = bench.Empty(dtype, rows, columns);
        Tensor deviceHidden = bench.Upload(hidden), deviceY = bench.EmptyOnDevice(dtype, rows, columns);
        Op.AddRmsNorm(bench.Host, hidden, x, weight, Epsilon, y);
        Op.AddRmsNorm(bench.Device, deviceHidden, bench.Upload(x), bench.Upload(weight), Epsilon, deviceY);
        bench.ShouldEqual(deviceHidden, hidden);
        bench.ShouldBeClose(deviceY, y);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void LayerNorm_MatchesTheCpu(DType dtype, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, rows, columns, 3), weight = bench.Random(DType.BF16, 1, columns);
        Tensor bias = bench.Random(DType.F32, 1, columns), y = bench.Empty(dtype, rows, columns);
        Tensor deviceX = bench.Upload(x);
        Op.LayerNorm(bench.Host, x, weight, bias, Epsilon, y);
        Op.LayerNorm(bench.Device, deviceX, bench.Upload(weight), bench.Upload(bias), Epsilon, deviceX);
        bench.ShouldBeClose(deviceX, y);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Softmax_MatchesTheCpu(DType dtype, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, rows, columns, 9), y = bench.Empty(dtype, rows, columns);
        Tensor deviceX = bench.Upload(x);
        Op.Softmax(bench.Host, x, y);
        Op.Softmax(bench.Device, deviceX, deviceX);
        bench.ShouldBeClose(deviceX, y);
    }
}
