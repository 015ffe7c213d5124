namespace ViCA.Native.Kernels.Elementwise;

/// <summary>A function of one number, as a type argument.</summary>
public interface IActivation
{
    /// <summary>The function, in float32.</summary>
    static abstract float Apply(float x);
}
