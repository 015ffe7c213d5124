using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Gemm;

/// <summary>
/// y = x · weightᵀ + bias, summed in float32 in the order of k whatever the tile, rounded once. x: [m, k], weight: [n, k] as
/// it lies in the checkpoint, bias: [n] or address 0 for none, y: [m, n]. Tiles of <typeparamref name="TThread"/> ·
/// <typeparamref name="TSide"/> rows and columns in shared memory; each of TSide² threads keeps TThread² sums in
/// registers. Blocks: (⌈n / tile⌉, ⌈m / tile⌉). <typeparamref name="TWidth"/> divides k and n.
/// </summary>
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(BFloat16), typeof(N4), typeof(N8), typeof(N16))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(BFloat16), typeof(N4), typeof(N4), typeof(N8))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(BFloat16), typeof(N1), typeof(N4), typeof(N8))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(float), typeof(N4), typeof(N8), typeof(N16))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(float), typeof(N4), typeof(N4), typeof(N8))]
[Instance(typeof(BFloat16), typeof(BFloat16), typeof(float), typeof(N1), typeof(N4), typeof(N8))]
[Instance(typeof(float), typeof(BFloat16), typeof(float), typeof(N4), typeof(N8), typeof(N16))]
[Instance(typeof(float), typeof(BFloat16), typeof(float), typeof(N4), typeof(N4), typeof(N8))]
[Instance(typeof(float), typeof(BFloat16), typeof(float), typeof(N1), typeof(N4), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(BFloat16), typeof(N4), typeof(N8), typeof(N16))]
[Instance(typeof(BFloat16), typeof(float), typeof(BFloat16), typeof(N4), typeof(N4), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(BFloat16), typeof(N1), typeof(N4), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(float), typeof(N4), typeof(N8), typeof(N16))]
[Instance(typeof(BFloat16), typeof(float), typeof(float), typeof(N4), typeof(N4), typeof(N8))]
[Instance(typeof(BFloat16), typeof(float), typeof(float), typeof(N1), typeof(N4), typeof(N8))]
[Instance(typeof(float), typeof(float), typeof(float), typeof(N4), typeof(N8), typeof(N16))]
[Instance(typeof(float), typeof(float), typeof(float), typeof(N4), typeof(N4), typeof(N8))]
[Instance(typeof(float), typeof(float), typeof(float), typeof(N1), typeof(N4), typeof(N8))]
public readonly struct GemmKernel<TX, TWeight, TY, TWidth, TThread, TSide>(
    Global<TX> x, Global<TWeight> weight, Global<float> bias, Global<TY> y, int m, int n, int k) : IKernel
    where TX : unmanaged
    where TWeight : unmanaged
    where TY : unmanaged
    where TWidth : struct, ILength
    where TThread : struct, ILength
    where TSide : struct, ILength
{
    private static int Tile => TThread.Value * TSide.Value;

    public static int BlockThreads => TSide.Value * TSide.Value;

    public void Execute()
    {
        Shared<float> xTile = GemmTile<TThread, TSide>.Allocate();
        Shared<float> weightTile = GemmTile<TThread, TSide>.Allocate();
        int row = BlockIndex.Y * Tile;
        int column = BlockIndex.X * Tile;
        Registers<float, Times<TThread, TThread>> sums = default;
        for (int depth = 0; depth < k; depth += GemmTile<TThread, TSide>.Depth)
        {
            GemmTile<TThread, TSide>.Load<TX, TWidth>(x, m, k, row, depth, xTile);
            GemmTile<TThread, TSide>.Load<TWeight, TWidth>(weight, n, k, column, depth, weightTile);
            BlockBarrier.Sync();
            GemmTile<TThread, TSide>.Accumulate(xTile, weightTile, ref sums);
            BlockBarrier.Sync();
        }

        Store(row, column, ref sums);
    }

    private void Store(int row, int column, ref Registers<float, Times<TThread, TThread>> sums)
    {
        bool hasBias = bias.Address != 0;
        for (int j = 0; j < TThread.Value; j += TWidth.Value)
        {
            int outColumn = column + GemmTile<TThread, TSide>.RowOf(ThreadIndex.X % TSide.Value, j);
            Registers<float, TWidth> shifts = bias.LoadVectorIf<TWidth>(hasBias & (outColumn < n), outColumn);
            for (int i = 0; i < TThread.Value; i++)
            {
                int outRow = row + GemmTile<TThread, TSide>.RowOf(ThreadIndex.X / TSide.Value, i);
                Registers<TY, TWidth> values = default;
                for (int e = 0; e < TWidth.Value; e++)
                    values[e] = Element.FromFloat<TY>(sums[i * TThread.Value + j + e] + shifts[e]);
                y.StoreVectorIf((outRow < m) & (outColumn < n), outRow * n + outColumn, values);
            }
        }
    }
}
