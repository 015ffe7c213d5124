namespace ViCA.Native.Gpu;

/// <summary>How targets are spelled in PTX and by NVIDIA's tools.</summary>
public static class GpuTargets
{
    /// <summary>`sm_80` or `sm_90a`.</summary>
    public static string Spelling(this GpuTarget target) => target == GpuTarget.Sm90a ? "sm_90a" : "sm_80";
}
