namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// 2^f on [-1/2, 1/2] as 1 + f · (C1 + f · (C2 + …)), from interpolation at Chebyshev nodes: 0.16 · 2^-24 of relative
/// error. The scalar and the vector code share the constants and the order of operations, so their bits are the same.
/// </summary>
internal static class Exp2Polynomial
{
    public const float C1 = 0.6931471824645996f;
    public const float C2 = 0.24022650718688965f;
    public const float C3 = 0.055503569543361664f;
    public const float C4 = 0.009618083015084267f;
    public const float C5 = 0.0013390863314270973f;
    public const float C6 = 0.00015453163359779865f;

    /// <summary>Added to a small f32, it leaves the nearest integer in the low bits of the sum.</summary>
    public const float RoundingShift = 12582912f;

    /// <summary>The result is zero from here down.</summary>
    public const float Lowest = -152f;

    /// <summary>The result is infinite from here up.</summary>
    public const float Highest = 129f;
}
