using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;

namespace ViCA.Native.Kernels.Cache;

/// <summary>
/// Puts new tokens' keys or values into a cache: x [tokens, heads · headDim] → cache [heads · capacity, headDim], token t
/// of head h to row h · capacity + position + t. Blocks: (vectors of a row of x in blocks, tokens);
/// <typeparamref name="TWidth"/> divides headDim.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct KvAppendKernel<T, TWidth>(
    Global<T> x, Global<T> cache, int heads, int headDim, int capacity, int position) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int i = ElementBlock.Vector * TWidth.Value;
        int width = heads * headDim;
        if (i >= width)
            return;
        int token = BlockIndex.Y;
        int head = i / headDim;
        int row = head * capacity + position + token;
        cache.StoreVector(row * headDim + i % headDim, x.LoadVectorReadOnly<TWidth>(token * width + i));
    }
}
