using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;

namespace ViCA.Native.Kernels.Vision;

/// <summary>
/// Halves a frame's grid of patches bilinearly (pixel centres, no antialias) and appends the newline after each row, as
/// the CPU op does, in its order of operations. patches: [side², hidden], newline: [hidden], y: [half · (half + 1), hidden]
/// with half = ⌈side / 2⌉. Blocks: (vectors of a row in blocks, half + 1 columns, half rows); <typeparamref name="TWidth"/>
/// divides hidden.
/// </summary>
[Instance(typeof(float), typeof(N8))]
[Instance(typeof(float), typeof(N1))]
[Instance(typeof(BFloat16), typeof(N8))]
[Instance(typeof(BFloat16), typeof(N1))]
public readonly struct BilinearPoolKernel<T, TWidth>(
    Global<T> patches, Global<float> newline, Global<T> y, int side, int hidden) : IKernel
    where T : unmanaged
    where TWidth : struct, ILength
{
    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int i = ElementBlock.Vector * TWidth.Value;
        if (i >= hidden)
            return;
        int half = (side + 1) / 2;
        int column = BlockIndex.Y;
        int destination = (BlockIndex.Z * (half + 1) + column) * hidden + i;
        if (column == half)
            y.StoreVector(destination, Newline(i));
        else
            y.StoreVector(destination, Blend(BlockIndex.Z, column, half, i));
    }

    private Registers<T, TWidth> Newline(int i)
    {
        Registers<float, TWidth> source = newline.LoadVectorReadOnly<TWidth>(i);
        Registers<T, TWidth> converted = default;
        for (int j = 0; j < TWidth.Value; j++)
            converted[j] = Element.FromFloat<T>(source[j]);
        return converted;
    }

    private Registers<T, TWidth> Blend(int row, int column, int half, int i)
    {
        float scale = (float)side / half;
        float down = MathF.Max(0f, scale * (row + 0.5f) - 0.5f);
        float across = MathF.Max(0f, scale * (column + 0.5f) - 0.5f);
        int top = Math.Min((int)down, side - 1);
        int left = Math.Min((int)across, side - 1);
        int bottom = Math.Min(top + 1, side - 1);
        int right = Math.Min(left + 1, side - 1);
        down -= top;
        across -= left;
        Registers<T, TWidth> a = patches.LoadVectorReadOnly<TWidth>((top * side + left) * hidden + i);
        Registers<T, TWidth> b = patches.LoadVectorReadOnly<TWidth>((top * side + right) * hidden + i);
        Registers<T, TWidth> c = patches.LoadVectorReadOnly<TWidth>((bottom * side + left) * hidden + i);
        Registers<T, TWidth> d = patches.LoadVectorReadOnly<TWidth>((bottom * side + right) * hidden + i);
        for (int j = 0; j < TWidth.Value; j++)
        {
            float upper = Mix(Element.ToFloat(a[j]), Element.ToFloat(b[j]), across);
            float lower = Mix(Element.ToFloat(c[j]), Element.ToFloat(d[j]), across);
            a[j] = Element.FromFloat<T>(Mix(upper, lower, down));
        }

        return a;
    }

    private static float Mix(float from, float to, float weight) =>
        MathF.FusedMultiplyAdd(weight, to, (1f - weight) * from);
}
