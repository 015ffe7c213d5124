namespace ViCA.Native.Kernels.Elementwise;

/// <summary>x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))), SigLIP's GELU.</summary>
public readonly struct GeluTanh : IActivation
{
    public static float Apply(float x)
    {
        // (1 + tanh(u)) / 2 = sigmoid(2u), which does not cancel for negative u.
        float u = MathF.FusedMultiplyAdd(x * x * x, 0.044715f, x);
        return x * Activations.Sigmoid(u * 1.5957691216057308f);
    }
}
