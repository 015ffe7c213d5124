using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// The packed operands of attention for one panel of queries and a block of keys, all transposed so that a vector holds
/// the queries: scores [keys, queries] = K · Qᵀ, output [headDim, queries] = Vᵀ · P. The softmax then runs along the
/// keys without crossing lanes, and its result is already the packed operand of the second product.
/// </summary>
internal readonly unsafe ref struct AttentionTile<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : unmanaged
{
    private readonly int _headDim;
    private readonly float* _keys;
    private readonly float* _values;

    /// <param name="headDim">Width of a head.</param>
    /// <param name="maxKeys">Keys in one block.</param>
    /// <param name="scratch">Where the panels lie.</param>
    /// <param name="queryPanels">Panels of queries that are kept at once, each with its output and state.</param>
    public AttentionTile(int headDim, int maxKeys, WorkerScratch scratch, int queryPanels = 1)
    {
        _headDim = headDim;
        int paddedDim = Padded(headDim);
        int paddedKeys = Padded(maxKeys);
        PanelFloats = (nint)headDim * TSimd.PanelColumns;
        OutputFloats = (nint)paddedDim * TSimd.PanelColumns;
        nint keyFloats = (nint)paddedKeys * headDim;
        nint valueFloats = (nint)paddedDim * maxKeys;
        nint scoreFloats = (nint)paddedKeys * TSimd.PanelColumns;
        nint stateFloats = 2 * TSimd.PanelColumns * (nint)queryPanels;
        float* memory = scratch.Floats(
            keyFloats + valueFloats + scoreFloats + queryPanels * (PanelFloats + OutputFloats) + stateFloats);
        _keys = memory;
        _values = _keys + keyFloats;
        Probabilities = _values + valueFloats;
        Queries = Probabilities + scoreFloats;
        Outputs = Queries + queryPanels * PanelFloats;
        State = Outputs + queryPanels * OutputFloats;
    }

    /// <summary>Query panels, each [headDim, PanelColumns].</summary>
    public float* Queries { get; }

    /// <summary>Output panels, each [headDim rounded up to PanelRows, PanelColumns].</summary>
    public float* Outputs { get; }

    /// <summary>Two rows of PanelColumns floats for each query panel, for the caller's running maximum and sum.</summary>
    public float* State { get; }

    /// <summary>Scores, later probabilities: [keys, PanelColumns].</summary>
    public float* Probabilities { get; }

    /// <summary>Floats of one query panel.</summary>
    public nint PanelFloats { get; }

    /// <summary>Floats of one output panel.</summary>
    public nint OutputFloats { get; }

    public void PackKeys<TElement>(nint address, nint stride, int firstRow, int column, int keys)
        where TElement : struct, IElement
    {
        for (int key = 0; key < keys; key += TSimd.PanelRows)
        {
            Panels.Pack<TElement>(
                address,
                stride,
                firstRow + key,
                Math.Min(TSimd.PanelRows, keys - key),
                column,
                _headDim,
                TSimd.PanelRows,
                _keys + (nint)key * _headDim);
        }
    }

    public void PackValues<TElement>(nint address, nint stride, int firstRow, int column, int keys)
        where TElement : struct, IElement =>
        Panels.PackTransposed<TElement>(address, stride, firstRow, keys, column, _headDim, TSimd.PanelRows, _values);

    /// <summary>Scores of keys first … first + count - 1 for a query panel; first is a multiple of PanelRows.</summary>
    public void Scores(int first, int count, int panel = 0)
    {
        float* queries = Queries + panel * PanelFloats;
        for (int key = first; key < first + count; key += TSimd.PanelRows)
        {
            MatrixKernel.Tile<TSimd, TVector>(
                _keys + (nint)key * _headDim, queries, Probabilities + (nint)key * TSimd.PanelColumns, _headDim, false);
        }
    }

    /// <summary>
    /// Output of a query panel = or += Vᵀ · <see cref="Probabilities"/> over keys first … first + count - 1 of the
    /// <paramref name="packedKeys"/> packed ones.
    /// </summary>
    public void Output(int first, int count, int packedKeys, bool accumulate, int panel = 0)
    {
        nint valuePanel = (nint)packedKeys * TSimd.PanelRows;
        float* values = _values + (nint)first * TSimd.PanelRows;
        float* probabilities = Probabilities + (nint)first * TSimd.PanelColumns;
        float* output = Outputs + panel * OutputFloats;
        for (int dim = 0, p = 0; dim < _headDim; dim += TSimd.PanelRows, p++)
        {
            MatrixKernel.Tile<TSimd, TVector>(
                values + p * valuePanel, probabilities, output + (nint)dim * TSimd.PanelColumns, count, accumulate);
        }
    }

    /// <summary>Writes the output of one query, times a factor, to headDim elements at index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StoreLane<TElement>(int lane, float factor, nint address, nint index, int panel = 0)
        where TElement : struct, IElement
    {
        float* source = Outputs + panel * OutputFloats + lane;
        for (int i = 0; i < _headDim; i++)
            TElement.StoreScalar(source[(nint)i * TSimd.PanelColumns] * factor, address, index + i);
    }

    private static int Padded(int rows) => (rows + TSimd.PanelRows - 1) / TSimd.PanelRows * TSimd.PanelRows;
}
