using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>
/// y[t, :] = weight[ids[t], :], converted. weight: [vocabulary, hidden], ids: [tokens], y: [tokens, hidden]. Blocks:
/// (vectors of a row in blocks, tokens); <typeparamref name="TWidth"/> divides hidden.
/// </summary>
[Instance(typeof(float), typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(float), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(N1))]
[Instance(typeof(float), typeof(BFloat16), typeof(N8))]
[Instance(typeof(float), typeof(BFloat16), typeof(N1))]
public readonly struct EmbeddingKernel<TWeight, T, TWidth>(
    Global<TWeight> weight, Global<int> ids, Global<T> y, int hidden) : IKernel
    where TWeight : unmanaged
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int i = ElementBlock.Vector * TWidth.Value;
        if (i >= hidden)
            return;
        int token = BlockIndex.Y;

        // The table of a large vocabulary has more than 2³¹ bytes: only the start of a row is worked out in 64 bits.
        Global<TWeight> row = weight + (long)ids.LoadReadOnly(token) * hidden;
        Registers<TWeight, TWidth> source = row.LoadVectorReadOnly<TWidth>(i);
        Registers<T, TWidth> converted = default;
        for (int j = 0; j < TWidth.Value; j++)
            converted[j] = Element.FromFloat<T>(Element.ToFloat(source[j]));
        y.StoreVector(token * hidden + i, converted);
    }
}
