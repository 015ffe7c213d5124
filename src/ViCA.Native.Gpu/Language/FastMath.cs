namespace ViCA.Native.Gpu.Language;

/// <summary>The approximations of the special-function unit. Errors: PTX ISA, floating-point instructions.</summary>
public static class FastMath
{
    /// <summary>2^x; denormals become 0. About 2 units in the last place.</summary>
    [Ptx("ex2.approx.ftz.f32 {0}, {1}")]
    public static float Ex2Approx(float x) => DeviceOnly.Throw<float>();

    /// <summary>log₂ x; denormals count as 0.</summary>
    [Ptx("lg2.approx.ftz.f32 {0}, {1}")]
    public static float Lg2Approx(float x) => DeviceOnly.Throw<float>();

    /// <summary>1 / x, about 1 unit in the last place.</summary>
    [Ptx("rcp.approx.ftz.f32 {0}, {1}")]
    public static float RcpApprox(float x) => DeviceOnly.Throw<float>();

    /// <summary>1 / √x, relative error below 2⁻²².⁴.</summary>
    [Ptx("rsqrt.approx.ftz.f32 {0}, {1}")]
    public static float RsqrtApprox(float x) => DeviceOnly.Throw<float>();

    /// <summary>√x.</summary>
    [Ptx("sqrt.approx.ftz.f32 {0}, {1}")]
    public static float SqrtApprox(float x) => DeviceOnly.Throw<float>();

    /// <summary>tanh x, relative error below 2⁻¹¹.</summary>
    [Ptx("tanh.approx.f32 {0}, {1}")]
    public static float TanhApprox(float x) => DeviceOnly.Throw<float>();

    /// <summary>sin x, absolute error below 2⁻²⁰.⁹ in [−π, π].</summary>
    [Ptx("sin.approx.ftz.f32 {0}, {1}")]
    public static float SinApprox(float x) => DeviceOnly.Throw<float>();

    /// <summary>cos x, absolute error below 2⁻²⁰.⁹ in [−π, π].</summary>
    [Ptx("cos.approx.ftz.f32 {0}, {1}")]
    public static float CosApprox(float x) => DeviceOnly.Throw<float>();

    /// <summary>a / b for |b| in [2⁻¹²⁶, 2¹²⁶], 2 units in the last place.</summary>
    [Ptx("div.full.f32 {0}, {1}, {2}")]
    public static float DivideFull(float a, float b) => DeviceOnly.Throw<float>();
}
