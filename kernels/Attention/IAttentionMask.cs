namespace ViCA.Native.Kernels.Attention;

/// <summary>Which keys a query sees, as a type argument.</summary>
public interface IAttentionMask
{
    /// <summary>
    /// The number of keys, from the first on, that the query at <paramref name="position"/> of a context sees; at least 1.
    /// </summary>
    static abstract int VisibleKeys(int position, int contextLength);
}
