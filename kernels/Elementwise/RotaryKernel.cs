using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>
/// Rotates every head of x in place: out = x ⊙ cos + rotateHalf(x) ⊙ sin with rotateHalf([a, b]) = [−b, a]; both products
/// and the sum are rounded. x: [tokens, heads · 2 · half]; cosine, sine: [tokens, half], the rows of x's positions.
/// Blocks: (vectors of a row of halves in blocks, tokens); <typeparamref name="TWidth"/> divides half.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct RotaryKernel<T, TWidth>(
    Global<T> x, Global<float> cosine, Global<float> sine, int heads, int half) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int element = ElementBlock.Vector * TWidth.Value;
        if (element >= heads * half)
            return;
        int token = BlockIndex.Y;
        int head = element / half;
        int i = element % half;
        int low = (token * heads + head) * 2 * half + i;
        Registers<T, TWidth> a = x.LoadVector<TWidth>(low);
        Registers<T, TWidth> b = x.LoadVector<TWidth>(low + half);
        Registers<float, TWidth> cos = cosine.LoadVectorReadOnly<TWidth>(token * half + i);
        Registers<float, TWidth> sin = sine.LoadVectorReadOnly<TWidth>(token * half + i);
        for (int j = 0; j < TWidth.Value; j++)
        {
            float first = Element.ToFloat(a[j]);
            float second = Element.ToFloat(b[j]);
            float firstCos = Element.Round<T>(first * cos[j]);
            float secondSin = Element.Round<T>(second * sin[j]);
            float secondCos = Element.Round<T>(second * cos[j]);
            float firstSin = Element.Round<T>(first * sin[j]);
            a[j] = Element.FromFloat<T>(firstCos - secondSin);
            b[j] = Element.FromFloat<T>(secondCos + firstSin);
        }

        x.StoreVector(low, a);
        x.StoreVector(low + half, b);
    }
}
