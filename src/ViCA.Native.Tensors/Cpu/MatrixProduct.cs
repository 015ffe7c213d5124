using System.Runtime.CompilerServices;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// y = x · weightᵀ + bias for many rows of x. The rows of x are packed once into float32 panels; then each thread takes
/// groups of weight rows, packs a slice of them (DepthBlock deep, which stays in its cache) and runs the kernel over
/// all rows of x. A weight so is read and widened once for every <see cref="RowBlock"/> rows.
/// </summary>
internal static unsafe class MatrixProduct
{
    private const int RowBlock = 768;
    private const int DepthBlock = 512;

    public static void Run<TSimd, TVector>(OpContext context, Tensor x, Tensor weight, Tensor? bias, Tensor y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        for (int first = 0; first < x.Rows; first += RowBlock)
        {
            int rows = Math.Min(RowBlock, x.Rows - first);
            WorkspaceMark mark = context.Workspace.Mark();
            float* packed = Pack<TSimd, TVector>(context, x.Slice(first, rows));
            Multiply<TSimd, TVector>(context, packed, weight, bias, y.Slice(first, rows));
            context.Workspace.Return(mark);
        }
    }

    private static float* Pack<TSimd, TVector>(OpContext context, Tensor x)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        int panels = (x.Rows + TSimd.PanelRows - 1) / TSimd.PanelRows;
        float* packed = (float*)context.Workspace.TakeBytes((long)panels * TSimd.PanelRows * x.Columns * sizeof(float));
        if (x.DType == DType.F32)
        {
            PackBody<F32Element> body = new(x, packed, TSimd.PanelRows);
            context.Cpu.For(panels, 1, ref body);
        }
        else
        {
            PackBody<BF16Element> body = new(x, packed, TSimd.PanelRows);
            context.Cpu.For(panels, 1, ref body);
        }

        return packed;
    }

    private static void Multiply<TSimd, TVector>(
        OpContext context, float* packed, Tensor weight, Tensor? bias, Tensor y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        switch (weight.DType, y.DType)
        {
            case (DType.BF16, DType.BF16):
                Multiply<TSimd, TVector, BF16Element, BF16Element>(context, packed, weight, bias, y);
                break;
            case (DType.BF16, _):
                Multiply<TSimd, TVector, BF16Element, F32Element>(context, packed, weight, bias, y);
                break;
            case (DType.F32, DType.BF16):
                Multiply<TSimd, TVector, F32Element, BF16Element>(context, packed, weight, bias, y);
                break;
            case (DType.F32, _):
                Multiply<TSimd, TVector, F32Element, F32Element>(context, packed, weight, bias, y);
                break;
            case (_, DType.BF16):
                Multiply<TSimd, TVector, F16Element, BF16Element>(context, packed, weight, bias, y);
                break;
            default:
                Multiply<TSimd, TVector, F16Element, F32Element>(context, packed, weight, bias, y);
                break;
        }
    }

    private static void Multiply<TSimd, TVector, TWeight, TOutput>(
        OpContext context, float* packed, Tensor weight, Tensor? bias, Tensor y)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TWeight : struct, IElement
        where TOutput : struct, IElement
    {
        int panels = (weight.Rows + TSimd.PanelColumns - 1) / TSimd.PanelColumns;

        // Wide groups read x less often, narrow ones share the work evenly: at least eight groups a thread.
        int panelsPerGroup = Math.Clamp(panels / (8 * context.Cpu.Threads), 1, 4);
        int groups = (panels + panelsPerGroup - 1) / panelsPerGroup;
        MultiplyBody<TSimd, TVector, TWeight, TOutput> body = new(packed, weight, bias, y, panelsPerGroup);
        context.Cpu.For(groups, 1, ref body);
    }

    private readonly struct PackBody<TElement>(Tensor x, float* packed, int panelRows) : IParallelBody
        where TElement : struct, IElement
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int first, int end, WorkerScratch scratch)
        {
            for (int panel = first; panel < end; panel++)
            {
                int row = panel * panelRows;
                Panels.Pack<TElement>(
                    x.Address,
                    x.Columns,
                    row,
                    Math.Min(panelRows, x.Rows - row),
                    0,
                    x.Columns,
                    panelRows,
                    packed + (nint)panel * panelRows * x.Columns);
            }
        }
    }

    private readonly struct MultiplyBody<TSimd, TVector, TWeight, TOutput>(
        float* packed, Tensor weight, Tensor? bias, Tensor y, int panelsPerGroup) : IParallelBody
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TWeight : struct, IElement
        where TOutput : struct, IElement
    {
        public void Run(int first, int end, WorkerScratch scratch)
        {
            int rowPanels = (y.Rows + TSimd.PanelRows - 1) / TSimd.PanelRows;
            nint panelFloats = (nint)DepthBlock * TSimd.PanelColumns;
            nint sumFloats = (nint)rowPanels * TSimd.PanelRows * TSimd.PanelColumns;
            float* panels = scratch.Floats(panelsPerGroup * (panelFloats + sumFloats));
            float* sums = panels + panelsPerGroup * panelFloats;
            for (int group = first; group < end; group++)
            {
                int firstColumn = group * panelsPerGroup * TSimd.PanelColumns;
                int columns = Math.Min(panelsPerGroup * TSimd.PanelColumns, weight.Rows - firstColumn);
                Sum(firstColumn, columns, rowPanels, panels, panelFloats, sums, sumFloats);
                Store(firstColumn, columns, sums, sumFloats);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Sum(
            int firstColumn, int columns, int rowPanels, float* panels, nint panelFloats, float* sums, nint sumFloats)
        {
            int count = (columns + TSimd.PanelColumns - 1) / TSimd.PanelColumns;
            for (int k = 0; k < weight.Columns; k += DepthBlock)
            {
                int depth = Math.Min(DepthBlock, weight.Columns - k);
                for (int p = 0; p < count; p++)
                {
                    int column = firstColumn + p * TSimd.PanelColumns;
                    int rows = Math.Min(TSimd.PanelColumns, weight.Rows - column);
                    Panels.Pack<TWeight>(
                        weight.Address, weight.Columns, column, rows, k, depth, TSimd.PanelColumns, panels + p * panelFloats);
                }

                for (int r = 0; r < rowPanels; r++)
                {
                    float* a = packed + ((nint)r * weight.Columns + k) * TSimd.PanelRows;
                    float* c = sums + (nint)r * TSimd.PanelRows * TSimd.PanelColumns;
                    for (int p = 0; p < count; p++)
                        MatrixKernel.Tile<TSimd, TVector>(a, panels + p * panelFloats, c + p * sumFloats, depth, k > 0);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Store(int firstColumn, int columns, float* sums, nint sumFloats)
        {
            nint biasAddress = bias?.Address ?? 0;
            float* biasRow = stackalloc float[TSimd.PanelColumns];
            for (int offset = 0, p = 0; offset < columns; offset += TSimd.PanelColumns, p++)
            {
                int width = Math.Min(TSimd.PanelColumns, columns - offset);
                for (int i = 0; i < width && biasAddress != 0; i++)
                    biasRow[i] = bias!.Value[0, firstColumn + offset + i];
                for (int row = 0; row < y.Rows; row++)
                {
                    float* source = sums + p * sumFloats + (nint)row * TSimd.PanelColumns;
                    nint index = (nint)row * y.Columns + firstColumn + offset;
                    int i = 0;
                    for (; i + TSimd.Count <= width; i += TSimd.Count)
                    {
                        TVector value = TSimd.Load(source + i);
                        if (biasAddress != 0)
                            value = TSimd.Add(value, TSimd.Load(biasRow + i));
                        TOutput.Store<TSimd, TVector>(value, y.Address, index + i);
                    }

                    for (; i < width; i++)
                        TOutput.StoreScalar(source[i] + (biasAddress != 0 ? biasRow[i] : 0f), y.Address, index + i);
                }
            }
        }
    }
}
