namespace ViCA.Native.Gpu;

/// <summary>The <c>.target</c> that PTX is made for.</summary>
public enum GpuTarget
{
    /// <summary>Compute capability 8.0 and everything after it.</summary>
    Sm80,

    /// <summary>Compute capability 9.0 only (Hopper).</summary>
    Sm90a,
}
