using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Cli.KernelCheck.Cases;

/// <summary>The kernels that reduce rows.</summary>
internal static class NormCases
{
    private const int Roundings = 2;
    private const float Epsilon = 1e-6f;

    private static readonly (DType DType, int Rows, int Columns)[] Shapes =
    [
        .. from dtype in (DType[])[DType.F32, DType.BF16]
           from shape in ((int Rows, int Columns)[])
           [
               (1, 1), (3, 127), (1, 255), (2, 256), (1, 257), (1, 2040), (1, 2048), (1, 2056), (4, 1152), (2, 3584),
           ]
           select (dtype, shape.Rows, shape.Columns),
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelCase> All { get; } =
    [
        .. Shapes.Select(shape => RmsNorm(shape.DType, shape.Rows, shape.Columns)),
        .. Shapes.Select(shape => AddRmsNorm(shape.DType, shape.Rows, shape.Columns)),
        .. Shapes.Select(shape => LayerNorm(shape.DType, shape.Rows, shape.Columns)),
        .. Shapes.Select(shape => Softmax(shape.DType, shape.Rows, shape.Columns)),
    ];

    public static KernelCase RmsNorm(DType dtype, int rows, int columns) =>
        new($"RmsNorm/{dtype}/{rows}x{columns}", Roundings, tensors =>
        {
            Tensor x = tensors.InputOutput(dtype, rows, columns, 3), weight = tensors.Input(DType.BF16, 1, columns);
            return () => Ops.RmsNorm(tensors.Context, x, weight, Epsilon, x);
        });

    public static KernelCase AddRmsNorm(DType dtype, int rows, int columns) =>
        new($"AddRmsNorm/{dtype}/{rows}x{columns}", Roundings, tensors =>
        {
            Tensor hidden = tensors.InputOutput(dtype, rows, columns, 3), x = tensors.Input(dtype, rows, columns);
            Tensor weight = tensors.Input(DType.F32, 1, columns), y = tensors.Output(dtype, rows, columns);
            return () => Ops.AddRmsNorm(tensors.Context, hidden, x, weight, Epsilon, y);
        });

    public static KernelCase LayerNorm(DType dtype, int rows, int columns) =>
        new($"LayerNorm/{dtype}/{rows}x{columns}", Roundings, tensors =>
        {
            Tensor x = tensors.InputOutput(dtype, rows, columns, 3), weight = tensors.Input(DType.BF16, 1, columns);
            Tensor bias = tensors.Input(DType.F32, 1, columns);
            return () => Ops.LayerNorm(tensors.Context, x, weight, bias, Epsilon, x);
        });

    public static KernelCase Softmax(DType dtype, int rows, int columns) =>
        new($"Softmax/{dtype}/{rows}x{columns}", Roundings, tensors =>
        {
            Tensor x = tensors.InputOutput(dtype, rows, columns, 9);
            return () => Ops.Softmax(tensors.Context, x, x);
        });
}
