using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Norm;

/// <summary>What the root-mean-square norms share.</summary>
internal static class NormMath
{
    /// <summary>sum + Σ values².</summary>
    public static float AddSquares<T, TWidth>(Registers<T, TWidth> values, float sum)
        where T : unmanaged
        where TWidth : struct, ILength
    {
        for (int i = 0; i < TWidth.Value; i++)
        {
            float value = Element.ToFloat(values[i]);
            sum = MathF.FusedMultiplyAdd(value, value, sum);
        }

        return sum;
    }

    /// <summary>round(values · scale) · factors, rounded: the reference rounds before it multiplies by the weight.</summary>
    public static Registers<T, TWidth> Scale<T, TWidth>(
        Registers<T, TWidth> values, float scale, Registers<float, TWidth> factors)
        where T : unmanaged
        where TWidth : struct, ILength
    {
        Registers<T, TWidth> scaled = default;
        for (int i = 0; i < TWidth.Value; i++)
        {
            float normal = Element.Round<T>(Element.ToFloat(values[i]) * scale);
            scaled[i] = Element.FromFloat<T>(normal * factors[i]);
        }

        return scaled;
    }
}
