using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Ops;

/// <summary>
/// Every op against its slow twin, as named checks, so that a process with other vector widths can run the same ones.
/// Shapes include one row, odd sizes and the tiles' edges.
/// </summary>
internal static class OpsChecks
{
    private static readonly DType[] Activations = [DType.F32, DType.BF16];

    public static IReadOnlyDictionary<string, Action> All { get; } = Build();

    private static Dictionary<string, Action> Build()
    {
        Dictionary<string, Action> checks = [];
        foreach (DType dtype in Activations)
        {
            foreach (DType weight in (DType[])[DType.BF16, DType.F32, DType.F16])
            {
                foreach ((int m, int k, int n) in ((int, int, int)[])
                    [(1, 8, 5), (1, 600, 33), (2, 72, 24), (5, 144, 32), (12, 513, 65), (13, 688, 100), (25, 1100, 31)])
                {
                    checks[$"linear {dtype} {weight} {m}x{k}x{n}"] = () => Linear(dtype, weight, m, k, n);
                }
            }

            foreach ((int rows, int width) in ((int, int)[])[(1, 8), (3, 127), (17, 144), (2, 3584)])
            {
                checks[$"rmsnorm {dtype} {rows}x{width}"] = () => RmsNorm(dtype, rows, width);
                checks[$"layernorm {dtype} {rows}x{width}"] = () => LayerNorm(dtype, rows, width);
                checks[$"elementwise {dtype} {rows}x{width}"] = () => Elementwise(dtype, rows, width);
            }

            foreach ((int tokens, int heads, int headDim) in ((int, int, int)[])[(1, 1, 8), (81, 3, 32), (70, 2, 72)])
                checks[$"attention {dtype} {tokens}x{heads}x{headDim}"] = () => Attention(dtype, tokens, heads, headDim);
            foreach ((int tokens, int before, int heads, int kvHeads, int headDim) in ((int, int, int, int, int)[])
                [(1, 0, 2, 1, 16), (1, 230, 7, 1, 64), (70, 0, 2, 1, 128), (66, 150, 7, 1, 64), (40, 400, 6, 3, 32)])
            {
                checks[$"causal {dtype} {tokens}+{before} {heads}/{kvHeads}x{headDim}"] =
                    () => CausalAttention(dtype, tokens, before, heads, kvHeads, headDim);
            }

            foreach ((int headDim, int first) in ((int, int)[])[(64, 0), (128, 13), (72, 5)])
                checks[$"rotary {dtype} {headDim} at {first}"] = () => Rotary(dtype, headDim, first);
            foreach ((int side, int width) in ((int, int)[])[(27, 40), (9, 13), (4, 16)])
                checks[$"pool {dtype} {side}x{width}"] = () => Pool(dtype, side, width);
        }

        return checks;
    }

    private static void Linear(DType dtype, DType weightType, int m, int k, int n)
    {
        using OpsBench bench = new();
        Tensor x = bench.Random(dtype, m, k), weight = bench.Random(weightType, n, k), bias = bench.Random(weightType, 1, n);
        Tensor y = bench.Empty(dtype, m, n);
        Op.Linear(bench.Context, x, weight, bias, y);
        double[,] expected = Reference.Linear(OpsBench.Values(x), OpsBench.Values(weight), OpsBench.Row(bias));
        OpsBench.ShouldBeClose(y, expected);
    }

    private static void RmsNorm(DType dtype, int rows, int width)
    {
        using OpsBench bench = new();
        Tensor x = bench.Random(dtype, rows, width, 3), weight = bench.Random(DType.BF16, 1, width);
        Tensor y = bench.Empty(dtype, rows, width);
        Op.RmsNorm(bench.Context, x, weight, 1e-6f, y);
        OpsBench.ShouldBeClose(y, Reference.RmsNorm(OpsBench.Values(x), OpsBench.Row(weight), 1e-6), roundings: 2);
    }

    private static void LayerNorm(DType dtype, int rows, int width)
    {
        using OpsBench bench = new();
        Tensor x = bench.Random(dtype, rows, width, 3);
        Tensor weight = bench.Random(DType.BF16, 1, width), bias = bench.Random(DType.F32, 1, width);
        Tensor y = bench.Empty(dtype, rows, width);
        Op.LayerNorm(bench.Context, x, weight, bias, 1e-6f, y);
        double[,] expected = Reference.LayerNorm(OpsBench.Values(x), OpsBench.Row(weight), OpsBench.Row(bias), 1e-6);
        OpsBench.ShouldBeClose(y, expected);
    }

    private static void Elementwise(DType dtype, int rows, int width)
    {
        using OpsBench bench = new();
        Tensor a = bench.Random(dtype, rows, width, 9), b = bench.Random(dtype, rows, width, 9);
        Tensor y = bench.Empty(dtype, rows, width);
        double[,] x = OpsBench.Values(a), z = OpsBench.Values(b);
        Op.Add(bench.Context, a, b, y);
        OpsBench.ShouldBeClose(y, Map((i, j) => x[i, j] + z[i, j]));
        Op.SiluMultiply(bench.Context, a, b, y);
        OpsBench.ShouldBeClose(y, Map((i, j) => Reference.Silu(x[i, j]) * z[i, j]), roundings: 2);
        Op.GeluTanh(bench.Context, a, y);
        OpsBench.ShouldBeClose(y, Map((i, j) => Reference.GeluTanh(x[i, j])));
        Op.GeluErf(bench.Context, a, y);
        OpsBench.ShouldBeClose(y, Map((i, j) => Reference.GeluErf(x[i, j])));

        double[,] Map(Func<int, int, double> rule)
        {
            double[,] values = new double[rows, width];
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < width; j++)
                    values[i, j] = rule(i, j);
            }

            return values;
        }
    }

    private static void Attention(DType dtype, int tokens, int heads, int headDim)
    {
        using OpsBench bench = new();
        Tensor q = bench.Random(dtype, tokens, heads * headDim, 2), k = bench.Random(dtype, tokens, heads * headDim, 2);
        Tensor v = bench.Random(dtype, tokens, heads * headDim), y = bench.Empty(dtype, tokens, heads * headDim);
        Op.BidirectionalAttention(bench.Context, q, k, v, heads, y);
        double[,] expected = Reference.Attention(
            OpsBench.Values(q), OpsBench.Values(k), OpsBench.Values(v), heads, heads, (_, _) => true);
        OpsBench.ShouldBeClose(y, expected, roundings: 8);
    }

    private static void CausalAttention(DType dtype, int tokens, int before, int heads, int kvHeads, int headDim)
    {
        using OpsBench bench = new();
        int length = before + tokens, capacity = length + 3;
        Tensor q = bench.Random(dtype, tokens, heads * headDim, 2), y = bench.Empty(dtype, tokens, heads * headDim);
        Tensor k = bench.Random(dtype, length, kvHeads * headDim, 2), v = bench.Random(dtype, length, kvHeads * headDim);
        Tensor keys = bench.Empty(dtype, kvHeads * capacity, headDim);
        Tensor values = bench.Empty(dtype, kvHeads * capacity, headDim);
        Op.AppendToCache(bench.Context, k, keys, kvHeads, 0);
        Op.AppendToCache(bench.Context, v, values, kvHeads, 0);
        Op.CausalAttention(bench.Context, q, keys, values, kvHeads, length, y);
        double[,] expected = Reference.Attention(
            OpsBench.Values(q), OpsBench.Values(k), OpsBench.Values(v), heads, kvHeads, (t, key) => key <= before + t);
        OpsBench.ShouldBeClose(y, expected, roundings: 4);
    }

    private static void Rotary(DType dtype, int headDim, int first)
    {
        using OpsBench bench = new();
        Tensor x = bench.Random(dtype, 5, 3 * headDim);
        double[,] expected = Reference.Rotary(OpsBench.Values(x), headDim, first, 1e6);
        using RotaryTable table = new(headDim, first + 5, 1e6, dtype);
        Op.Rotary(bench.Context, x, table, first);
        OpsBench.ShouldBeClose(x, expected, roundings: 4);
    }

    private static void Pool(DType dtype, int side, int width)
    {
        using OpsBench bench = new();
        int half = (side + 1) / 2;
        Tensor x = bench.Random(dtype, side * side, width), newline = bench.Random(DType.BF16, 1, width);
        Tensor y = bench.Empty(dtype, half * (half + 1), width);
        Op.PoolFrame(bench.Context, x, side, newline, y);
        double[,] patches = OpsBench.Values(x), expected = new double[half * (half + 1), width];
        for (int row = 0; row < half; row++)
        {
            for (int column = 0; column <= half; column++)
            {
                for (int i = 0; i < width; i++)
                {
                    expected[row * (half + 1) + column, i] =
                        column == half ? newline[0, i] : Bilinear(patches, side, half, row, column, i);
                }
            }
        }

        OpsBench.ShouldBeClose(y, expected);
    }

    private static double Bilinear(double[,] patches, int side, int half, int row, int column, int i)
    {
        double sourceRow = (double)side / half * (row + 0.5) - 0.5, sourceColumn = (double)side / half * (column + 0.5) - 0.5;
        int top = (int)Math.Floor(sourceRow), left = (int)Math.Floor(sourceColumn);
        int bottom = Math.Min(top + 1, side - 1), right = Math.Min(left + 1, side - 1);
        double down = sourceRow - top, across = sourceColumn - left;
        double upper = (1 - across) * patches[top * side + left, i] + across * patches[top * side + right, i];
        double lower = (1 - across) * patches[bottom * side + left, i] + across * patches[bottom * side + right, i];
        return (1 - down) * upper + down * lower;
    }
}
