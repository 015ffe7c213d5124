using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Cli.KernelCheck.Cases;

/// <summary>Kernels that work element by element: they give the CPU path's numbers, bit for bit.</summary>
internal static class ElementwiseCases
{
    private static readonly DType[] Types = [DType.F32, DType.BF16];

    // 2048 elements are a block of the wide kernels, 256 of the narrow ones.
    private static readonly (int Rows, int Columns)[] Shapes =
    [
        (1, 1), (3, 127), (1, 255), (1, 256), (1, 257), (1, 2040), (1, 2048), (1, 2056), (4, 3584), (2, 4304),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelCase> All { get; } =
    [
        .. from dtype in Types from shape in Shapes select Add(dtype, shape.Rows, shape.Columns),
        AddConverted(DType.F32, DType.BF16, 48),
        AddConverted(DType.BF16, DType.F32, 48),
        AddConverted(DType.F32, DType.BF16, 33),
        AddConverted(DType.BF16, DType.F32, 33),
        .. from dtype in Types from shape in Shapes select SiluMultiply(dtype, shape.Rows, shape.Columns),
        .. from dtype in Types from shape in Shapes select GeluTanh(dtype, shape.Rows, shape.Columns),
        .. from dtype in Types from shape in Shapes select GeluErf(dtype, shape.Rows, shape.Columns),
        Convert(DType.F32, DType.BF16, 3, 127),
        Convert(DType.F32, DType.BF16, 2, 3584),
        Convert(DType.BF16, DType.F32, 3, 127),
        Convert(DType.BF16, DType.F32, 2, 3584),
        Rotary(DType.F32, 4, 64, 3, 0),
        Rotary(DType.F32, 4, 128, 28, 13),
        Rotary(DType.F32, 4, 72, 2, 1),
        Rotary(DType.BF16, 4, 64, 7, 5),
        Rotary(DType.BF16, 4, 128, 4, 13),
        Rotary(DType.BF16, 4, 72, 2, 1),
        .. from weight in Types
           from dtype in Types
           from hidden in (int[])[33, 256, 3584]
           select EmbeddingLookup(weight, dtype, 3, 4, hidden),
        AppendToCache(DType.F32, 3, 4, 128),
        AppendToCache(DType.F32, 3, 3, 20),
        AppendToCache(DType.BF16, 3, 1, 64),
        AppendToCache(DType.BF16, 3, 3, 20),
        ArgMax(DType.F32, 1),
        ArgMax(DType.F32, 1023),
        ArgMax(DType.BF16, 1025),
        ArgMax(DType.BF16, 5000),
    ];

    public static KernelCase Add(DType dtype, int rows, int columns) =>
        new($"Add/{dtype}/{rows}x{columns}", 0, tensors =>
        {
            Tensor x = tensors.InputOutput(dtype, rows, columns, 9), y = tensors.Input(dtype, rows, columns, 9);
            return () => Ops.Add(tensors.Context, x, y, x);
        });

    public static KernelCase SiluMultiply(DType dtype, int rows, int columns) =>
        new($"SiluMultiply/{dtype}/{rows}x{columns}", 0, tensors =>
        {
            Tensor gate = tensors.InputOutput(dtype, rows, columns, 9), up = tensors.Input(dtype, rows, columns, 9);
            return () => Ops.SiluMultiply(tensors.Context, gate, up, gate);
        });

    public static KernelCase GeluTanh(DType dtype, int rows, int columns) =>
        new($"GeluTanh/{dtype}/{rows}x{columns}", 0, tensors =>
        {
            Tensor x = tensors.Input(dtype, rows, columns, 6), y = tensors.Output(dtype, rows, columns);
            return () => Ops.GeluTanh(tensors.Context, x, y);
        });

    public static KernelCase Convert(DType from, DType to, int rows, int columns) =>
        new($"Convert/{from}-{to}/{rows}x{columns}", 0, tensors =>
        {
            Tensor x = tensors.Input(from, rows, columns, 100), y = tensors.Output(to, rows, columns);
            return () => Ops.Convert(tensors.Context, x, y);
        });

    public static KernelCase Rotary(DType dtype, int rows, int headDim, int heads, int first) =>
        new($"Rotary/{dtype}/{rows}x{heads}x{headDim}+{first}", 0, tensors =>
        {
            Tensor x = tensors.InputOutput(dtype, rows, heads * headDim);
            RotaryTable table = tensors.Rotary(headDim, first + rows, dtype);
            return () => Ops.Rotary(tensors.Context, x, table, first);
        });

    /// <summary>The rows of the table from the last to the first, again and again.</summary>
    public static KernelCase EmbeddingLookup(DType weightType, DType dtype, int vocabulary, int tokens, int hidden) =>
        new($"EmbeddingLookup/{weightType}-{dtype}/{tokens}x{hidden}", 0, tensors =>
        {
            Tensor weight = tensors.Input(weightType, vocabulary, hidden), y = tensors.Output(dtype, tokens, hidden);
            int[] ids = [.. Enumerable.Range(0, tokens).Select(token => vocabulary - 1 - token % vocabulary)];
            return () => Ops.EmbeddingLookup(tensors.Context, weight, ids, y);
        });

    public static KernelCase AppendToCache(DType dtype, int tokens, int heads, int headDim) =>
        new($"AppendToCache/{dtype}/{tokens}x{heads}x{headDim}", 0, tensors =>
        {
            int capacity = tokens + 6;
            Tensor x = tensors.Input(dtype, tokens, heads * headDim);
            Tensor cache = tensors.InputOutput(dtype, heads * capacity, headDim);
            return () => Ops.AppendToCache(tensors.Context, x, cache, heads, 5);
        })
        {
            Bytes = 2L * tokens * heads * headDim * dtype.Bytes(),
        };

    public static KernelCase ArgMax(DType dtype, int ids) =>
        new($"ArgMax/{dtype}/{ids}", 0, tensors =>
        {
            Tensor logits = tensors.Input(dtype, 1, ids, 20);
            // Every third score is penalised.
            uint[] generated = [.. Enumerable.Repeat(0x49249249u, (ids + 31) / 32)];
            return () => tensors.Answer(Ops.ArgMax(tensors.Context, logits, generated, 1.3f));
        });

    private static KernelCase AddConverted(DType dtype, DType parameterType, int columns) =>
        new($"AddConverted/{dtype}-{parameterType}/3x{columns}", 0, tensors =>
        {
            Tensor x = tensors.Input(dtype, 3, columns), parameter = tensors.Input(parameterType, 3, columns);
            Tensor z = tensors.Output(dtype, 3, columns);
            return () => Ops.AddConverted(tensors.Context, x, parameter, z);
        });

    private static KernelCase GeluErf(DType dtype, int rows, int columns) =>
        new($"GeluErf/{dtype}/{rows}x{columns}", 0, tensors =>
        {
            Tensor x = tensors.InputOutput(dtype, rows, columns, 6);
            return () => Ops.GeluErf(tensors.Context, x, x);
        });
}
