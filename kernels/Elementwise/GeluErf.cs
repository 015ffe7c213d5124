namespace ViCA.Native.Kernels.Elementwise;

/// <summary>x/2 · (1 + erf(x/√2)), the projector's GELU.</summary>
public readonly struct GeluErf : IActivation
{
    public static float Apply(float x) => x * 0.5f * (1f + Activations.Erf(x * 0.70710678118654752f));
}
