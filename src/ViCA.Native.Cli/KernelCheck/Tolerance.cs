using ViCA.Native.Tensors;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>How far a value may be from the one of another device.</summary>
internal static class Tolerance
{
    private const double Float32 = 4e-6;

    /// <summary>Half a unit in the last place, relative to the value.</summary>
    private const double BFloat16Rounding = 0.00391;

    /// <summary>
    /// The largest difference allowed in a tensor whose largest magnitude is <paramref name="largest"/>: float32 4e-6 of it,
    /// bf16 half a unit in its last place for each rounding on the way.
    /// </summary>
    public static double Of(DType dtype, int roundings, double largest) =>
        (dtype == DType.F32 ? Float32 : roundings * BFloat16Rounding) * largest;
}
