namespace ViCA.Native.Kernels.Attention;

/// <summary>A query sees the keys up to its own position.</summary>
public readonly struct CausalMask : IAttentionMask
{
    public static int VisibleKeys(int position, int contextLength) => Math.Min(position + 1, contextLength);
}
