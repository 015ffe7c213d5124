using ViCA.Native.Cli.KernelCheck;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tests.Ops;

/// <summary>Threads, an arena and random tensors for one check of an op.</summary>
internal sealed class OpsBench : IDisposable
{
    private readonly CpuExecutor _cpu;
    private readonly Workspace _data = new();
    private readonly Random _random;

    public OpsBench(int seed = 1, int threads = 2)
    {
        _random = new Random(seed);
        _cpu = new CpuExecutor(threads);
        Context = new OpContext(_cpu, new Workspace());
    }

    public OpContext Context { get; }

    public Tensor Empty(DType dtype, int rows, int columns) => _data.Take(dtype, rows, columns);

    /// <summary>Uniform in [-scale, scale), rounded to the type.</summary>
    public Tensor Random(DType dtype, int rows, int columns, float scale = 1)
    {
        Tensor tensor = Empty(dtype, rows, columns);
        for (int i = 0; i < tensor.Length; i++)
        {
            float value = (_random.NextSingle() * 2 - 1) * scale;
            switch (dtype)
            {
                case DType.F32:
                    tensor.Floats[i] = value;
                    break;
                case DType.BF16:
                    tensor.BFloat16s[i] = (BFloat16)value;
                    break;
                default:
                    System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(tensor.Bytes)[i] = (Half)value;
                    break;
            }
        }

        return tensor;
    }

    public static double[,] Values(Tensor tensor)
    {
        double[,] values = new double[tensor.Rows, tensor.Columns];
        for (int row = 0; row < tensor.Rows; row++)
        {
            for (int column = 0; column < tensor.Columns; column++)
                values[row, column] = tensor[row, column];
        }

        return values;
    }

    public static double[] Row(Tensor tensor) =>
        Enumerable.Range(0, tensor.Columns).Select(i => (double)tensor[0, i]).ToArray();

    /// <summary>Fails unless each value is within the tolerance of its type, relative to the largest expected magnitude.</summary>
    public static void ShouldBeClose(Tensor actual, double[,] expected, int roundings = 1)
    {
        double largest = expected.Cast<double>().Max(Math.Abs);
        double tolerance = Tolerance.Of(actual.DType, roundings, largest);
        double worst = 0;
        (int Row, int Column) where = default;
        for (int row = 0; row < actual.Rows; row++)
        {
            for (int column = 0; column < actual.Columns; column++)
            {
                double error = Math.Abs(actual[row, column] - expected[row, column]);
                if (double.IsNaN(error) || error > worst)
                    (worst, where) = (double.IsNaN(error) ? double.PositiveInfinity : error, (row, column));
            }
        }

        if (worst > tolerance)
        {
            throw new InvalidOperationException(
                $"[{where.Row}, {where.Column}] is {actual[where.Row, where.Column]} (expected "
                + $"{expected[where.Row, where.Column]}, tolerance {tolerance})");
        }
    }

    public void Dispose()
    {
        _cpu.Dispose();
        Context.Workspace.Dispose();
        _data.Dispose();
    }
}
