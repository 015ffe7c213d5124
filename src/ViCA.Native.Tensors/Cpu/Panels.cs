using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// Packs rows into panels for <see cref="MatrixKernel"/>: a panel of w rows holds element [row, k] at k · w + row, as
/// float32, and rows beyond the last are zero.
/// </summary>
internal static unsafe class Panels
{
    /// <summary>
    /// Packs rows first … first + rows - 1 of a matrix, columns k … k + depth - 1, as one panel of <paramref name="width"/>
    /// rows (a multiple of 4).
    /// </summary>
    /// <param name="address">The matrix.</param>
    /// <param name="stride">Elements from one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<TElement>(
        nint address, nint stride, int first, int rows, int k, int depth, int width, float* panel)
        where TElement : struct, IElement
    {
        int row = 0;
        for (; row + 4 <= rows; row += 4)
            PackFour<TElement>(address, (first + row) * stride + k, stride, depth, width, panel + row);
        for (; row < rows; row++)
        {
            nint index = (first + row) * stride + k;
            for (int i = 0; i < depth; i++)
                panel[(nint)i * width + row] = TElement.LoadScalar(address, index + i);
        }

        for (; row < width; row++)
        {
            for (int i = 0; i < depth; i++)
                panel[(nint)i * width + row] = 0f;
        }
    }

    /// <summary>
    /// Packs columns k … k + width - 1 of rows first … first + rows - 1 so that each matrix row is one step of the depth:
    /// the panels of the transposed matrix, each of <paramref name="panelWidth"/> columns (a multiple of 4), one after
    /// the other, [depth = rows, panelWidth].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackTransposed<TElement>(
        nint address, nint stride, int first, int rows, int k, int width, int panelWidth, float* panels)
        where TElement : struct, IElement
    {
        int panelCount = (width + panelWidth - 1) / panelWidth;
        for (int panel = 0; panel < panelCount; panel++)
        {
            float* destination = panels + (nint)panel * rows * panelWidth;
            int columns = Math.Min(panelWidth, width - panel * panelWidth);
            for (int row = 0; row < rows; row++, destination += panelWidth)
            {
                nint index = (first + row) * stride + k + panel * panelWidth;
                int i = 0;
                for (; i + 4 <= columns; i += 4)
                    LoadFour<TElement>(address, index + i).Store(destination + i);
                for (; i < columns; i++)
                    destination[i] = TElement.LoadScalar(address, index + i);
                for (; i < panelWidth; i++)
                    destination[i] = 0f;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackFour<TElement>(nint address, nint index, nint stride, int depth, int width, float* panel)
        where TElement : struct, IElement
    {
        int i = 0;
        if (Sse.IsSupported)
        {
            for (; i + 4 <= depth; i += 4)
            {
                Vector128<float> a = LoadFour<TElement>(address, index + i);
                Vector128<float> b = LoadFour<TElement>(address, index + stride + i);
                Vector128<float> c = LoadFour<TElement>(address, index + 2 * stride + i);
                Vector128<float> d = LoadFour<TElement>(address, index + 3 * stride + i);
                Vector128<float> abLow = Sse.UnpackLow(a, b), abHigh = Sse.UnpackHigh(a, b);
                Vector128<float> cdLow = Sse.UnpackLow(c, d), cdHigh = Sse.UnpackHigh(c, d);
                float* destination = panel + (nint)i * width;
                Sse.MoveLowToHigh(abLow, cdLow).Store(destination);
                Sse.MoveHighToLow(cdLow, abLow).Store(destination + width);
                Sse.MoveLowToHigh(abHigh, cdHigh).Store(destination + 2 * width);
                Sse.MoveHighToLow(cdHigh, abHigh).Store(destination + 3 * width);
            }
        }

        for (; i < depth; i++)
        {
            for (int row = 0; row < 4; row++)
                panel[(nint)i * width + row] = TElement.LoadScalar(address, index + row * stride + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadFour<TElement>(nint address, nint index)
        where TElement : struct, IElement
    {
        if (TElement.DType == DType.F32)
            return Vector128.Load((float*)address + index);
        if (TElement.DType == DType.BF16)
        {
            Vector128<ushort> bits = Vector128.CreateScalarUnsafe(*(ulong*)((ushort*)address + index)).AsUInt16();
            return (Vector128.WidenLower(bits) << 16).AsSingle();
        }

        return Vector128.Create(
            TElement.LoadScalar(address, index),
            TElement.LoadScalar(address, index + 1),
            TElement.LoadScalar(address, index + 2),
            TElement.LoadScalar(address, index + 3));
    }
}
