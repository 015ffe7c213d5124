using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>
/// Elementary functions in float32. All but <see cref="FastExp"/> are accurate to about one unit in the last place, with
/// the polynomials of the CPU path and its order of operations, so that both give the same numbers; they run on the
/// host too.
/// </summary>
internal static class Activations
{
    private const float Log2E = 1.44269504f;

    /// <summary>e^x by the special-function unit, relative error about 2⁻²² and |x| · 2⁻²⁴; 0 below −87.</summary>
    public static float FastExp(float x) => FastMath.Ex2Approx(x * Log2E);

    /// <summary>e^x; 0 below −87.7, e^88 above 88.</summary>
    public static float Exp(float x)
    {
        x = MathF.Min(MathF.Max(x, -88f), 88f);
        float n = MathF.Round(x * Log2E);

        // ln 2 in two parts: n times the first is exact.
        float r = MathF.FusedMultiplyAdd(n, -0.693359375f, x);
        r = MathF.FusedMultiplyAdd(n, 2.12194440e-4f, r);

        // e^r on [−ln 2 / 2, ln 2 / 2], relative error 2.5e-9
        float p = 0.0013941108442215937f;
        p = MathF.FusedMultiplyAdd(p, r, 0.00837512640048095f);
        p = MathF.FusedMultiplyAdd(p, r, 0.04166635289663744f);
        p = MathF.FusedMultiplyAdd(p, r, 0.16666415514625016f);
        p = MathF.FusedMultiplyAdd(p, r, 0.5f);
        p = MathF.FusedMultiplyAdd(p, r, 1f);
        p = MathF.FusedMultiplyAdd(p, r, 1f);
        return p * BitConverter.Int32BitsToSingle(((int)n + 127) << 23);
    }

    /// <summary>1 / (1 + e^−x)</summary>
    public static float Sigmoid(float x) => 1f / (1f + Exp(-x));

    /// <summary>The error function.</summary>
    public static float Erf(float x)
    {
        float t = MathF.Min(MathF.Abs(x), 4f);
        float s = t * t;

        // erf(t) / t in t² on [0, 1], relative error 4e-11
        float p = -9.667044686599499e-06f;
        p = MathF.FusedMultiplyAdd(p, s, 0.00011265959061437438f);
        p = MathF.FusedMultiplyAdd(p, s, -0.0008484080409427272f);
        p = MathF.FusedMultiplyAdd(p, s, 0.005221031808012272f);
        p = MathF.FusedMultiplyAdd(p, s, -0.02686543072766611f);
        p = MathF.FusedMultiplyAdd(p, s, 0.11283782495235466f);
        p = MathF.FusedMultiplyAdd(p, s, -0.3761263846802857f);
        p = MathF.FusedMultiplyAdd(p, s, 1.1283791670615435f);

        // −ln(1 − erf(t)) on [0.95, 4], error of 1 − erf(t) 2e-9
        float q = -1.6426789687745518e-06f;
        q = MathF.FusedMultiplyAdd(q, t, 4.616478516855009e-05f);
        q = MathF.FusedMultiplyAdd(q, t, -0.000597677274983527f);
        q = MathF.FusedMultiplyAdd(q, t, 0.004763509663565274f);
        q = MathF.FusedMultiplyAdd(q, t, -0.026431643283654972f);
        q = MathF.FusedMultiplyAdd(q, t, 0.11009724250717948f);
        q = MathF.FusedMultiplyAdd(q, t, 0.6318095501294378f);
        q = MathF.FusedMultiplyAdd(q, t, 1.130241877484419f);
        q = MathF.FusedMultiplyAdd(q, t, -0.0003218662577946113f);
        float magnitude = Select.If(t < 1f, p * t, 1f - Exp(-q));
        uint sign = BitConverter.SingleToUInt32Bits(x) & 0x80000000;
        return BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(magnitude) & 0x7FFFFFFF) | sign);
    }
}
