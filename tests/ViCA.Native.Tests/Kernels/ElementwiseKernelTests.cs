using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>Kernels that work element by element give the CPU path's numbers, bit for bit.</summary>
public sealed class ElementwiseKernelTests
{
    private const int RowLimit = 4;

    public static TheoryData<DType, int, int> Shapes
    {
        get
        {
            TheoryData<DType, int, int> data = [];
            foreach (DType dtype in (DType[])[DType.F32, DType.BF16])
            {
                // 2048 elements are a block of the wide kernels, 256 of the narrow ones.
                foreach ((int rows, int columns) in ((int, int)[])
                    [(1, 1), (3, 127), (1, 255), (1, 256), (1, 257), (1, 2040), (1, 2048), (1, 2056), (RowLimit, 3584), (2, 4304)])
                {
                    data.Add(dtype, rows, columns);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Add_EqualsTheCpu(DType dtype, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, rows, columns, 9), y = bench.Random(dtype, rows, columns, 9);
        Tensor z = bench.Empty(dtype, rows, columns);
        Op.Add(bench.Host, x, y, z);
        Tensor deviceX = bench.Upload(x);
        Op.Add(bench.Device, deviceX, bench.Upload(y), deviceX);
        bench.ShouldEqual(deviceX, z);
    }

    [Theory]
    [InlineData(DType.F32, DType.BF16, 48)]
    [InlineData(DType.BF16, DType.F32, 48)]
    [InlineData(DType.F32, DType.BF16, 33)]
    [InlineData(DType.BF16, DType.F32, 33)]
    public void AddConverted_EqualsTheCpu(DType dtype, DType parameterType, int columns)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, 3, columns), parameter = bench.Random(parameterType, 3, columns);
        Tensor z = bench.Empty(dtype, 3, columns);
        Op.AddConverted(bench.Host, x, parameter, z);
        Tensor deviceZ = bench.EmptyOnDevice(dtype, 3, columns);
        Op.AddConverted(bench.Device, bench.Upload(x), bench.Upload(parameter), deviceZ);
        bench.ShouldEqual(deviceZ, z);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SiluMultiply_EqualsTheCpu(DType dtype, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor gate = bench.Random(dtype, rows, columns, 9), up = bench.Random(dtype, rows, columns, 9);
        Tensor z = bench.Empty(dtype, rows, columns);
        Op.SiluMultiply(bench.Host, gate, up, z);
        Tensor deviceGate = bench.Upload(gate);
        Op.SiluMultiply(bench.Device, deviceGate, bench.Upload(up), deviceGate);
        bench.ShouldEqual(deviceGate, z);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gelu_EqualsTheCpu(DType dtype, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, rows, columns, 6), tanh = bench.Empty(dtype, rows, columns);
        Tensor erf = bench.Empty(dtype, rows, columns);
        Op.GeluTanh(bench.Host, x, tanh);
        Op.GeluErf(bench.Host, x, erf);
        Tensor deviceX = bench.Upload(x), deviceTanh = bench.EmptyOnDevice(dtype, rows, columns);
        Op.GeluTanh(bench.Device, deviceX, deviceTanh);
        Op.GeluErf(bench.Device, deviceX, deviceX);
        bench.ShouldEqual(deviceTanh, tanh);
        bench.ShouldEqual(deviceX, erf);
    }

    [Theory]
    [InlineData(DType.F32, DType.BF16, 3, 127)]
    [InlineData(DType.F32, DType.BF16, 2, 3584)]
    [InlineData(DType.BF16, DType.F32, 3, 127)]
    [InlineData(DType.BF16, DType.F32, 2, 3584)]
    public void Convert_EqualsTheCpu(DType from, DType to, int rows, int columns)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(from, rows, columns, 100), y = bench.Empty(to, rows, columns);
        Op.Convert(bench.Host, x, y);
        Tensor deviceY = bench.EmptyOnDevice(to, rows, columns);
        Op.Convert(bench.Device, bench.Upload(x), deviceY);
        bench.ShouldEqual(deviceY, y);
    }

    [Theory]
    [InlineData(DType.F32, 64, 3, 0)]
    [InlineData(DType.F32, 128, 28, 13)]
    [InlineData(DType.BF16, 64, 7, 5)]
    [InlineData(DType.BF16, 128, 4, 13)]
    [InlineData(DType.BF16, 72, 2, 1)]
    public void Rotary_EqualsTheCpu(DType dtype, int headDim, int heads, int first)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, RowLimit, heads * headDim), deviceX = bench.Upload(x);
        using RotaryTable table = new(headDim, first + RowLimit, 1e6, dtype);
        using RotaryTable deviceTable = new(headDim, first + RowLimit, 1e6, dtype, bench.Device.Device);
        Op.Rotary(bench.Host, x, table, first);
        Op.Rotary(bench.Device, deviceX, deviceTable, first);
        bench.ShouldEqual(deviceX, x);
    }

    [Theory]
    [InlineData(DType.BF16, DType.BF16, 3584)]
    [InlineData(DType.BF16, DType.F32, 256)]
    [InlineData(DType.F32, DType.F32, 33)]
    [InlineData(DType.F32, DType.BF16, 2056)]
    public void EmbeddingLookup_EqualsTheCpu(DType weightType, DType dtype, int hidden)
    {
        using KernelBench bench = new();
        Tensor weight = bench.Random(weightType, 11, hidden), y = bench.Empty(dtype, 4, hidden);
        int[] ids = [10, 0, 3, 3];
        Op.EmbeddingLookup(bench.Host, weight, ids, y);
        Tensor deviceY = bench.EmptyOnDevice(dtype, 4, hidden);
        Op.EmbeddingLookup(bench.Device, bench.Upload(weight), ids, deviceY);
        bench.ShouldEqual(deviceY, y);
    }

    [Theory]
    [InlineData(DType.F32, 4, 128)]
    [InlineData(DType.BF16, 1, 64)]
    [InlineData(DType.BF16, 3, 20)]
    public void AppendToCache_EqualsTheCpu(DType dtype, int heads, int headDim)
    {
        using KernelBench bench = new();
        Tensor x = bench.Random(dtype, 3, heads * headDim), cache = bench.Random(dtype, heads * 9, headDim);
        Tensor deviceCache = bench.Upload(cache);
        Op.AppendToCache(bench.Host, x, cache, heads, 5);
        Op.AppendToCache(bench.Device, bench.Upload(x), deviceCache, heads, 5);
        bench.ShouldEqual(deviceCache, cache);
    }
}
