namespace ViCA.Native.Kernels.Attention;

/// <summary>Every query sees every key.</summary>
public readonly struct NoMask : IAttentionMask
{
    public static int VisibleKeys(int position, int contextLength) => contextLength;
}
