using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Attention;

/// <summary>
/// The pieces of attention over tiles of 64 query rows and 32 keys in shared memory, by 128 threads: 16 groups of 8
/// threads; a group owns 4 rows, a thread of it 4 keys (every 8th) and, in pairs, TColumns columns of the result. Heads are
/// padded with zeros to 8 · <typeparamref name="TColumns"/> columns.
/// </summary>
internal static class AttentionTile<TColumns>
    where TColumns : struct, ILength
{
    public const int Threads = 128;

    public const int Rows = 64;

    public const int Keys = 32;

    /// <summary>Rows of a thread.</summary>
    public const int RowsOfThread = 4;

    /// <summary>What a score is that must not count: finite, since −∞ − (−∞) is no number.</summary>
    public const float Hidden = -1e30f;

    private const int KeysOfThread = 4;
    private const int GroupThreads = 8;
    private const int KeyStride = Keys + 4;

    /// <summary>Columns of a head with its padding.</summary>
    public static int HeadColumns => GroupThreads * TColumns.Value;

    /// <summary>Floats from one row to the next: 4 more than the columns, so that 8 rows lie in different banks.</summary>
    private static int Stride => HeadColumns + 4;

    /// <summary>This thread's place in its group.</summary>
    private static int Lane => ThreadIndex.X % GroupThreads;

    /// <summary>Room for rows of queries, keys or values.</summary>
    public static Shared<float> AllocateRows(int rows) => SharedMemory.Allocate<float>(rows * Stride);

    /// <summary>Room for the probabilities of a tile.</summary>
    public static Shared<float> AllocateProbabilities() => SharedMemory.Allocate<float>(Rows * KeyStride);

    /// <summary>The tile's row that is row <paramref name="index"/> of this thread.</summary>
    public static int RowOf(int index) => ThreadIndex.X / GroupThreads * RowsOfThread + index;

    /// <summary>The tile's key that is key <paramref name="index"/> of this thread.</summary>
    public static int KeyOf(int index) => Lane + GroupThreads * index;

    /// <summary>The column at which pair <paramref name="index"/> of this thread begins.</summary>
    public static int ColumnOf(int index) => 2 * (Lane + GroupThreads * index);

    /// <summary>Sum over the threads that share rows.</summary>
    public static float SumOfGroup(float value)
    {
        for (int mask = GroupThreads / 2; mask > 0; mask /= 2)
        {
            Unroll.Full();
            value += Warp.ShuffleXor(value, mask);
        }

        return value;
    }

    /// <summary>Maximum over the threads that share rows.</summary>
    public static float MaxOfGroup(float value)
    {
        for (int mask = GroupThreads / 2; mask > 0; mask /= 2)
        {
            Unroll.Full();
            value = MathF.Max(value, Warp.ShuffleXor(value, mask));
        }

        return value;
    }

    /// <summary>Widens the query rows from <paramref name="first"/> of a KV head; beyond the last row that row again.</summary>
    public static void LoadQueries<T>(
        Global<T> queries, AttentionShape shape, int kvHead, int first, Shared<float> tile)
        where T : unmanaged
    {
        for (int vector = ThreadIndex.X; vector < Rows * TColumns.Value; vector += Threads)
        {
            int row = vector / TColumns.Value;
            int column = vector % TColumns.Value * 8;
            int start = shape.QueryStart(kvHead, Math.Min(first + row, shape.Rows - 1));
            StoreWidened(queries.LoadVectorIf<N8>(column < shape.HeadDim, start + column), tile, row, column);
        }
    }

    /// <summary>Widens the keys or values from <paramref name="first"/> of a KV head; zeros beyond the context.</summary>
    public static void LoadKeys<T>(Global<T> keys, AttentionShape shape, int kvHead, int first, Shared<float> tile)
        where T : unmanaged
    {
        for (int vector = ThreadIndex.X; vector < Keys * TColumns.Value; vector += Threads)
        {
            int row = vector / TColumns.Value;
            int column = vector % TColumns.Value * 8;
            int start = kvHead * shape.HeadStride + (first + row) * shape.KeyStride;
            bool isInside = (column < shape.HeadDim) & (first + row < shape.ContextLength);
            StoreWidened(keys.LoadVectorIf<N8>(isInside, start + column), tile, row, column);
        }
    }

    /// <summary>scores[4 · i + j] = row i · key j of this thread.</summary>
    public static Registers<float, N16> Scores(Shared<float> queries, Shared<float> keys)
    {
        Registers<float, N16> scores = default;
        for (int column = 0; column < HeadColumns; column += 4)
        {
            Unroll.None();
            Registers<float, N16> parts = default;
            for (int j = 0; j < KeysOfThread; j++)
            {
                Registers<float, N4> key = keys.LoadVector<N4>(KeyOf(j) * Stride + column);
                for (int e = 0; e < 4; e++)
                    parts[4 * j + e] = key[e];
            }

            for (int i = 0; i < RowsOfThread; i++)
            {
                Registers<float, N4> query = queries.LoadVector<N4>(RowOf(i) * Stride + column);
                for (int j = 0; j < KeysOfThread; j++)
                {
                    for (int e = 0; e < 4; e++)
                        scores[4 * i + j] = MathF.FusedMultiplyAdd(query[e], parts[4 * j + e], scores[4 * i + j]);
                }
            }
        }

        return scores;
    }

    /// <summary>Puts this thread's probability of row i and key j where its group reads it.</summary>
    public static void StoreProbability(Shared<float> probabilities, int i, int j, float value) =>
        probabilities[RowOf(i) * KeyStride + KeyOf(j)] = value;

    /// <summary>results[TColumns · i + c] += Σ probability of row i and key · value of key and column c, over the keys.</summary>
    public static void Accumulate(
        Shared<float> probabilities, Shared<float> values, ref Registers<float, Times<N4, TColumns>> results)
    {
        for (int key = 0; key < Keys; key += 4)
        {
            Unroll.None();
            Registers<float, N16> parts = default;
            for (int i = 0; i < RowsOfThread; i++)
            {
                Registers<float, N4> row = probabilities.LoadVector<N4>(RowOf(i) * KeyStride + key);
                for (int e = 0; e < 4; e++)
                    parts[4 * i + e] = row[e];
            }

            for (int e = 0; e < 4; e++)
            {
                for (int pair = 0; pair < TColumns.Value / 2; pair++)
                {
                    Registers<float, N2> value = values.LoadVector<N2>((key + e) * Stride + ColumnOf(pair));
                    for (int i = 0; i < RowsOfThread; i++)
                    {
                        int at = TColumns.Value * i + 2 * pair;
                        results[at] = MathF.FusedMultiplyAdd(parts[4 * i + e], value[0], results[at]);
                        results[at + 1] = MathF.FusedMultiplyAdd(parts[4 * i + e], value[1], results[at + 1]);
                    }
                }
            }
        }
    }

    /// <summary>y = the result of this thread's row i times <paramref name="scale"/>, rounded.</summary>
    public static void StoreRow<T>(
        Global<T> y,
        AttentionShape shape,
        int kvHead,
        int first,
        int i,
        float scale,
        ref Registers<float, Times<N4, TColumns>> results)
        where T : unmanaged
    {
        int row = first + RowOf(i);
        int start = shape.QueryStart(kvHead, row);
        for (int pair = 0; pair < TColumns.Value / 2; pair++)
        {
            Registers<T, N2> values = default;
            values[0] = Element.FromFloat<T>(results[TColumns.Value * i + 2 * pair] * scale);
            values[1] = Element.FromFloat<T>(results[TColumns.Value * i + 2 * pair + 1] * scale);
            bool isInside = (row < shape.Rows) & (ColumnOf(pair) < shape.HeadDim);
            y.StoreVectorIf(isInside, start + ColumnOf(pair), values);
        }
    }

    private static void StoreWidened<T>(Registers<T, N8> values, Shared<float> tile, int row, int column)
        where T : unmanaged
    {
        Registers<float, N8> widened = default;
        for (int i = 0; i < 8; i++)
            widened[i] = Element.ToFloat(values[i]);
        tile.StoreVector(row * Stride + column, widened);
    }
}
