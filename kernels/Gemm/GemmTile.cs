using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Gemm;

/// <summary>
/// The tiles of a matrix product: TThread · TSide rows of <see cref="Depth"/> elements, in shared memory with the depth
/// outermost, so that a thread reads its rows of one depth as vectors.
/// </summary>
internal static class GemmTile<TThread, TSide>
    where TThread : struct, ILength
    where TSide : struct, ILength
{
    /// <summary>Elements of k in a tile.</summary>
    public const int Depth = 16;

    /// <summary>Rows that a thread takes at once.</summary>
    private const int Vector = 4;

    private static int Rows => TThread.Value * TSide.Value;

    /// <summary>Floats from one depth to the next: 4 more than the rows, so that fewer stores meet in a bank.</summary>
    private static int Stride => Rows + 4;

    /// <summary>Room for a tile.</summary>
    public static Shared<float> Allocate() => SharedMemory.Allocate<float>(Depth * Stride);

    /// <summary>
    /// The tile's row that is element <paramref name="index"/> of a thread's: vectors of threads side by side, so that the
    /// threads of a quarter warp read from all banks.
    /// </summary>
    public static int RowOf(int thread, int index) =>
        index / Vector * Vector * TSide.Value + thread * Vector + index % Vector;

    /// <summary>Fills a tile from rows first … and columns depth … of a matrix [rows, k]; zeros beyond its ends.</summary>
    public static void Load<T, TWidth>(Global<T> matrix, int rows, int k, int first, int depth, Shared<float> tile)
        where T : unmanaged
        where TWidth : struct, ILength
    {
        int vectorsOfRow = Depth / TWidth.Value;
        int rowsAtOnce = TSide.Value * TSide.Value / vectorsOfRow;
        int column = ThreadIndex.X % vectorsOfRow * TWidth.Value;
        for (int step = 0; step < Rows / rowsAtOnce; step++)
        {
            // All loads of a thread are under way together. NOTE: no && here, which would make a branch of each.
            Unroll.Full();
            int row = step * rowsAtOnce + ThreadIndex.X / vectorsOfRow;
            bool isInside = (first + row < rows) & (depth + column < k);
            Registers<T, TWidth> values = matrix.LoadVectorIf<TWidth>(isInside, (first + row) * k + depth + column);
            for (int i = 0; i < TWidth.Value; i++)
                tile[(column + i) * Stride + row] = Element.ToFloat(values[i]);
        }
    }

    /// <summary>sums[i, j] += Σ left[i] · right[j] over the depth, in its order.</summary>
    public static void Accumulate(
        Shared<float> left, Shared<float> right, ref Registers<float, Times<TThread, TThread>> sums)
    {
        int leftThread = ThreadIndex.X / TSide.Value;
        int rightThread = ThreadIndex.X % TSide.Value;
        for (int depth = 0; depth < Depth; depth++)
        {
            Registers<float, TThread> a = ReadRows(left, depth, leftThread);
            Registers<float, TThread> b = ReadRows(right, depth, rightThread);
            for (int i = 0; i < TThread.Value; i++)
            {
                for (int j = 0; j < TThread.Value; j++)
                {
                    int sum = i * TThread.Value + j;
                    sums[sum] = MathF.FusedMultiplyAdd(a[i], b[j], sums[sum]);
                }
            }
        }
    }

    private static Registers<float, TThread> ReadRows(Shared<float> tile, int depth, int thread)
    {
        Registers<float, TThread> rows = default;
        for (int i = 0; i < TThread.Value; i += Vector)
        {
            Registers<float, N4> values = tile.LoadVector<N4>(depth * Stride + RowOf(thread, i));
            for (int j = 0; j < Vector; j++)
                rows[i + j] = values[j];
        }

        return rows;
    }
}
