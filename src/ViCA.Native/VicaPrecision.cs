namespace ViCA.Native;

/// <summary>The type of all activations; weights stay as the checkpoint has them.</summary>
public enum VicaPrecision
{
    /// <summary>bfloat16, rounded where the reference implementation rounds.</summary>
    BF16,

    /// <summary>float32 everywhere after the pixels.</summary>
    FP32,
}
