namespace ViCA.Native.Kernels.Attention;

/// <summary>
/// Where queries, keys and values lie, in elements. A query row of a KV head is row = token · GroupSize + head of the
/// group, so that a tile of rows shares its keys; key j of KV head h starts at h · HeadStride + j · KeyStride.
/// </summary>
/// <param name="Tokens">Tokens that ask.</param>
/// <param name="GroupSize">Query heads that share a KV head.</param>
/// <param name="QueryStride">From one token to the next in queries and results.</param>
/// <param name="HeadDim">Width of a head, a multiple of 8.</param>
/// <param name="HeadStride">From one KV head to the next.</param>
/// <param name="KeyStride">From one key to the next.</param>
/// <param name="FirstPosition">Position of the first token in the context.</param>
/// <param name="ContextLength">Keys.</param>
public readonly record struct AttentionShape(
    int Tokens,
    int GroupSize,
    int QueryStride,
    int HeadDim,
    int HeadStride,
    int KeyStride,
    int FirstPosition,
    int ContextLength)
{
    /// <summary>Query rows of a KV head.</summary>
    public int Rows => Tokens * GroupSize;

    /// <summary>Where row <paramref name="row"/> of KV head <paramref name="kvHead"/> starts in queries and results.</summary>
    public int QueryStart(int kvHead, int row) =>
        row / GroupSize * QueryStride + (kvHead * GroupSize + row % GroupSize) * HeadDim;
}
