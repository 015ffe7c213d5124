using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Instructions;

/// <summary>
/// <c>.v4</c> of 32-bit elements and registers of all lanes, eight lanes at a time: rows of four elements in memory are
/// columns of the registers.
/// </summary>
internal static unsafe class QuadTransfer
{
    private const int Half = 4;

    public static bool IsSupported => Avx.IsSupported;

    /// <summary>The rows, <paramref name="step"/> bytes apart, into the four registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(byte* frame, Slot[] registers, byte* first, long step)
    {
        for (int lane = 0; lane < Lanes.Count; lane += Vector256<float>.Count)
        {
            byte* row = first + (lane * step);
            Vector256<float> a = LoadRows(row, step);
            Vector256<float> b = LoadRows(row + step, step);
            Vector256<float> c = LoadRows(row + (2 * step), step);
            Vector256<float> d = LoadRows(row + (3 * step), step);
            Transpose(ref a, ref b, ref c, ref d);
            a.Store((float*)(frame + registers[0].Offset) + lane);
            b.Store((float*)(frame + registers[1].Offset) + lane);
            c.Store((float*)(frame + registers[2].Offset) + lane);
            d.Store((float*)(frame + registers[3].Offset) + lane);
        }
    }

    /// <summary>The four registers into the rows, <paramref name="step"/> bytes apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(byte* frame, Slot[] registers, byte* first, long step)
    {
        for (int lane = 0; lane < Lanes.Count; lane += Vector256<float>.Count)
        {
            byte* row = first + (lane * step);
            Vector256<float> a = Vector256.Load((float*)(frame + registers[0].Offset) + lane);
            Vector256<float> b = Vector256.Load((float*)(frame + registers[1].Offset) + lane);
            Vector256<float> c = Vector256.Load((float*)(frame + registers[2].Offset) + lane);
            Vector256<float> d = Vector256.Load((float*)(frame + registers[3].Offset) + lane);
            Transpose(ref a, ref b, ref c, ref d);
            StoreRows(a, row, step);
            StoreRows(b, row + step, step);
            StoreRows(c, row + (2 * step), step);
            StoreRows(d, row + (3 * step), step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LoadRows(byte* row, long step) =>
        Vector256.Create(Vector128.Load((float*)row), Vector128.Load((float*)(row + (Half * step))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRows(Vector256<float> rows, byte* row, long step)
    {
        rows.GetLower().Store((float*)row);
        rows.GetUpper().Store((float*)(row + (Half * step)));
    }

    /// <summary>Rows to columns in each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<float> a,
        ref Vector256<float> b,
        ref Vector256<float> c,
        ref Vector256<float> d)
    {
        Vector256<double> lowAb = Avx.UnpackLow(a, b).AsDouble();
        Vector256<double> highAb = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> lowCd = Avx.UnpackLow(c, d).AsDouble();
        Vector256<double> highCd = Avx.UnpackHigh(c, d).AsDouble();
        a = Avx.UnpackLow(lowAb, lowCd).AsSingle();
        b = Avx.UnpackHigh(lowAb, lowCd).AsSingle();
        c = Avx.UnpackLow(highAb, highCd).AsSingle();
        d = Avx.UnpackHigh(highAb, highCd).AsSingle();
    }
}
