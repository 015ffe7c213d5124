using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Cli.KernelCheck.Cases;

/// <summary>Matrix and vector products.</summary>
internal static class LinearCases
{
    private const int Roundings = 2;

    private static readonly (DType X, DType Weight, DType Y)[] Types =
    [
        (DType.BF16, DType.BF16, DType.BF16), (DType.F32, DType.BF16, DType.F32), (DType.BF16, DType.BF16, DType.F32),
        (DType.F32, DType.F32, DType.F32), (DType.BF16, DType.F32, DType.BF16), (DType.BF16, DType.F32, DType.F32),
    ];

    // Small tiles are 32 wide and 16 deep; 588 inputs are the patch embedding's.
    private static readonly (int M, int K, int N)[] Shapes =
    [
        (1, 8, 5), (1, 15, 31), (1, 600, 33), (1, 3584, 8), (2, 15, 31), (3, 16, 32), (4, 17, 33), (4, 588, 144), (33, 48, 64),
    ];

    /// <summary>Columns enough for the large tiles.</summary>
    private const int Wide = 64 * 128;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelCase> All { get; } =
    [
        .. from types in Types
           from shape in Shapes
           select Linear(types.X, types.Weight, types.Y, shape.M, shape.K, shape.N, DType.BF16),
        Linear(DType.F32, DType.BF16, DType.F32, 1, 256, 40, null),
        Linear(DType.BF16, DType.BF16, DType.BF16, 1, 256, 40, null),
        Linear(DType.F32, DType.BF16, DType.F32, 2, 256, 40, null),
        Linear(DType.BF16, DType.BF16, DType.BF16, 2, 256, 40, null),
        .. Types.Select(types => Linear(types.X, types.Weight, types.Y, 3, 20, Wide, DType.BF16)),
    ];

    /// <summary>x: [m, k], weight: [n, k], y: [m, n].</summary>
    public static KernelCase Linear(DType xType, DType weightType, DType yType, int m, int k, int n, DType? biasType)
    {
        string name = $"Linear/{xType}-{weightType}-{yType}/{m}x{k}x{n}" + (biasType is null ? "-unbiased" : "");
        return new KernelCase(name, Roundings, tensors =>
        {
            Tensor x = tensors.Input(xType, m, k), weight = tensors.Input(weightType, n, k);
            Tensor? bias = biasType is { } type ? tensors.Input(type, 1, n) : null;
            Tensor y = tensors.Output(yType, m, n);
            return () => Ops.Linear(tensors.Context, x, weight, bias, y);
        })
        {
            Operations = 2.0 * m * k * n,
        };
    }
}
