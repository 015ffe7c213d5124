using ViCA.Native.Gpu.Language;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Cpu;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Cli.Bench;

/// <summary>The ops at the real model's shapes, against the multiply-add peak and the read bandwidth of the same run.</summary>
internal sealed class KernelBenchmarks : IDisposable
{
    private const int ReadElements = 1 << 28;

    private readonly CpuExecutor _cpu = new(0);
    private readonly Workspace _data = new();
    private readonly OpContext _context;
    private readonly Random _random = new(1);

    public KernelBenchmarks()
    {
        _context = new OpContext(_cpu, new Workspace());
    }

    /// <summary>Threads that the ops run on.</summary>
    public int Threads => _cpu.Threads;

    /// <summary>Runs all of them, one after the other.</summary>
    public IEnumerable<BenchRow> Run()
    {
        yield return MatrixProduct(729, 1152, 4304);
        yield return MatrixProduct(729, 4304, 1152);
        yield return MatrixProduct(512, 3584, 18944);
        yield return Attention(729, 16, 72);
        yield return CausalAttention(2048, 28, 4, 128);
        Tensor memory = _data.Take(DType.F32, 1, ReadElements);
        memory.Floats.Fill(1f);
        yield return VectorProduct(3584, 18944, memory);
        yield return VectorProduct(3584, 152064, memory);
    }

    public void Dispose()
    {
        _cpu.Dispose();
        _context.Workspace.Dispose();
        _data.Dispose();
    }

    private BenchRow MatrixProduct(int rows, int inputs, int outputs)
    {
        WorkspaceMark mark = _data.Mark();
        Tensor x = Random(rows, inputs), weight = Random(outputs, inputs), y = _data.Take(DType.BF16, rows, outputs);
        double operations = 2.0 * rows * inputs * outputs;
        BenchRow row = Compute(
            $"GEMM {rows}x{inputs}x{outputs} bf16", operations, () => Ops.Linear(_context, x, weight, null, y));
        _data.Return(mark);
        return row;
    }

    private BenchRow Attention(int tokens, int heads, int headDim)
    {
        WorkspaceMark mark = _data.Mark();
        int width = heads * headDim;
        Tensor q = Random(tokens, width), k = Random(tokens, width), v = Random(tokens, width);
        Tensor y = _data.Take(DType.BF16, tokens, width);
        double operations = 4.0 * tokens * tokens * width;
        BenchRow row = Compute(
            $"attention {tokens}x{headDim}x{heads} bf16",
            operations,
            () => Ops.BidirectionalAttention(_context, q, k, v, heads, y));
        _data.Return(mark);
        return row;
    }

    private BenchRow CausalAttention(int tokens, int heads, int kvHeads, int headDim)
    {
        WorkspaceMark mark = _data.Mark();
        Tensor q = Random(tokens, heads * headDim), y = _data.Take(DType.BF16, tokens, heads * headDim);
        Tensor keys = Random(kvHeads * tokens, headDim), values = Random(kvHeads * tokens, headDim);
        double operations = 4.0 * tokens * (tokens + 1) / 2 * heads * headDim;
        BenchRow row = Compute(
            $"causal attention {tokens}x{headDim}x{heads}/{kvHeads} bf16",
            operations,
            () => Ops.CausalAttention(_context, q, keys, values, kvHeads, tokens, y));
        _data.Return(mark);
        return row;
    }

    /// <summary>
    /// A run reads at least as many bytes as the ceiling's: matrices that lie one after the other, as a token meets the
    /// layers. One call of a few milliseconds would say more about the scheduler than about the op.
    /// </summary>
    private BenchRow VectorProduct(int inputs, int outputs, Tensor memory)
    {
        WorkspaceMark mark = _data.Mark();
        long matrixBytes = 2L * inputs * outputs;
        int calls = (int)((memory.ByteLength + matrixBytes - 1) / matrixBytes);
        Tensor x = Random(1, inputs), weights = Random(calls * outputs, inputs), y = _data.Take(DType.BF16, 1, outputs);
        (double seconds, double ceiling) = Stopwatches.Median(
            () =>
            {
                for (int call = 0; call < calls; call++)
                    Ops.Linear(_context, x, weights.Slice(call * outputs, outputs), null, y);
            },
            () => CpuPeak.ReadGigabytes(_cpu, memory));
        _data.Return(mark);
        double gigabytes = weights.ByteLength / seconds / 1e9;
        return new BenchRow(
            $"GEMV {inputs}x{outputs} bf16", gigabytes, "GB/s", ceiling, "read bandwidth", seconds / calls * 1e3);
    }

    private BenchRow Compute(string name, double operations, Action work)
    {
        (double seconds, double ceiling) = Stopwatches.Median(work, () => CpuPeak.FmaGigaflops(_cpu));
        return new BenchRow(name, operations / seconds / 1e9, "GFLOP/s", ceiling, "fp32 FMA peak", seconds * 1e3);
    }

    private Tensor Random(int rows, int columns)
    {
        Tensor tensor = _data.Take(DType.BF16, rows, columns);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref BFloat16 value in tensor.Slice(row, 1).BFloat16s)
                value = (BFloat16)(_random.NextSingle() * 2 - 1);
        }

        return tensor;
    }
}
