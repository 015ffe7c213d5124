using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>
/// The inner kernel of matrix products: a tile C [rows, columns] (+)= Aᵀ · B from packed panels (<see cref="Panels"/>),
/// A [depth, PanelRows], B [depth, PanelColumns], C row-major with PanelColumns floats from row to row. Each element is
/// summed over the depth in order, so a result does not depend on the place of its tile.
/// </summary>
internal static unsafe class MatrixKernel
{
    /// <summary>C = A · B or C += A · B on one tile of the widest vectors that the processor has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile<TSimd, TVector>(float* a, float* b, float* c, int depth, bool accumulate)
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (typeof(TSimd) == typeof(Simd512))
            Tile12x32(a, b, c, depth, accumulate);
        else
            Tile4x24(a, b, c, depth, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile12x32(float* a, float* b, float* c, int depth, bool accumulate)
    {
        Vector512<float> c0a = Vector512<float>.Zero, c0b = Vector512<float>.Zero;
        Vector512<float> c1a = Vector512<float>.Zero, c1b = Vector512<float>.Zero;
        Vector512<float> c2a = Vector512<float>.Zero, c2b = Vector512<float>.Zero;
        Vector512<float> c3a = Vector512<float>.Zero, c3b = Vector512<float>.Zero;
        Vector512<float> c4a = Vector512<float>.Zero, c4b = Vector512<float>.Zero;
        Vector512<float> c5a = Vector512<float>.Zero, c5b = Vector512<float>.Zero;
        Vector512<float> c6a = Vector512<float>.Zero, c6b = Vector512<float>.Zero;
        Vector512<float> c7a = Vector512<float>.Zero, c7b = Vector512<float>.Zero;
        Vector512<float> c8a = Vector512<float>.Zero, c8b = Vector512<float>.Zero;
        Vector512<float> c9a = Vector512<float>.Zero, c9b = Vector512<float>.Zero;
        Vector512<float> c10a = Vector512<float>.Zero, c10b = Vector512<float>.Zero;
        Vector512<float> c11a = Vector512<float>.Zero, c11b = Vector512<float>.Zero;
        float* end = a + (nint)depth * 12;
        while (a < end)
        {
            Vector512<float> b0 = Vector512.Load(b);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> a0 = Vector512.Create(a[0]);
            c0a = Vector512.MultiplyAddEstimate(a0, b0, c0a);
            c0b = Vector512.MultiplyAddEstimate(a0, b1, c0b);
            Vector512<float> a1 = Vector512.Create(a[1]);
            c1a = Vector512.MultiplyAddEstimate(a1, b0, c1a);
            c1b = Vector512.MultiplyAddEstimate(a1, b1, c1b);
            Vector512<float> a2 = Vector512.Create(a[2]);
            c2a = Vector512.MultiplyAddEstimate(a2, b0, c2a);
            c2b = Vector512.MultiplyAddEstimate(a2, b1, c2b);
            Vector512<float> a3 = Vector512.Create(a[3]);
            c3a = Vector512.MultiplyAddEstimate(a3, b0, c3a);
            c3b = Vector512.MultiplyAddEstimate(a3, b1, c3b);
            Vector512<float> a4 = Vector512.Create(a[4]);
            c4a = Vector512.MultiplyAddEstimate(a4, b0, c4a);
            c4b = Vector512.MultiplyAddEstimate(a4, b1, c4b);
            Vector512<float> a5 = Vector512.Create(a[5]);
            c5a = Vector512.MultiplyAddEstimate(a5, b0, c5a);
            c5b = Vector512.MultiplyAddEstimate(a5, b1, c5b);
            Vector512<float> a6 = Vector512.Create(a[6]);
            c6a = Vector512.MultiplyAddEstimate(a6, b0, c6a);
            c6b = Vector512.MultiplyAddEstimate(a6, b1, c6b);
            Vector512<float> a7 = Vector512.Create(a[7]);
            c7a = Vector512.MultiplyAddEstimate(a7, b0, c7a);
            c7b = Vector512.MultiplyAddEstimate(a7, b1, c7b);
            Vector512<float> a8 = Vector512.Create(a[8]);
            c8a = Vector512.MultiplyAddEstimate(a8, b0, c8a);
            c8b = Vector512.MultiplyAddEstimate(a8, b1, c8b);
            Vector512<float> a9 = Vector512.Create(a[9]);
            c9a = Vector512.MultiplyAddEstimate(a9, b0, c9a);
            c9b = Vector512.MultiplyAddEstimate(a9, b1, c9b);
            Vector512<float> a10 = Vector512.Create(a[10]);
            c10a = Vector512.MultiplyAddEstimate(a10, b0, c10a);
            c10b = Vector512.MultiplyAddEstimate(a10, b1, c10b);
            Vector512<float> a11 = Vector512.Create(a[11]);
            c11a = Vector512.MultiplyAddEstimate(a11, b0, c11a);
            c11b = Vector512.MultiplyAddEstimate(a11, b1, c11b);
            a += 12;
            b += 32;
        }

        if (accumulate)
        {
            c0a += Vector512.Load(c);
            c0b += Vector512.Load(c + 16);
            c1a += Vector512.Load(c + 32);
            c1b += Vector512.Load(c + 48);
            c2a += Vector512.Load(c + 64);
            c2b += Vector512.Load(c + 80);
            c3a += Vector512.Load(c + 96);
            c3b += Vector512.Load(c + 112);
            c4a += Vector512.Load(c + 128);
            c4b += Vector512.Load(c + 144);
            c5a += Vector512.Load(c + 160);
            c5b += Vector512.Load(c + 176);
            c6a += Vector512.Load(c + 192);
            c6b += Vector512.Load(c + 208);
            c7a += Vector512.Load(c + 224);
            c7b += Vector512.Load(c + 240);
            c8a += Vector512.Load(c + 256);
            c8b += Vector512.Load(c + 272);
            c9a += Vector512.Load(c + 288);
            c9b += Vector512.Load(c + 304);
            c10a += Vector512.Load(c + 320);
            c10b += Vector512.Load(c + 336);
            c11a += Vector512.Load(c + 352);
            c11b += Vector512.Load(c + 368);
        }

        c0a.Store(c);
        c0b.Store(c + 16);
        c1a.Store(c + 32);
        c1b.Store(c + 48);
        c2a.Store(c + 64);
        c2b.Store(c + 80);
        c3a.Store(c + 96);
        c3b.Store(c + 112);
        c4a.Store(c + 128);
        c4b.Store(c + 144);
        c5a.Store(c + 160);
        c5b.Store(c + 176);
        c6a.Store(c + 192);
        c6b.Store(c + 208);
        c7a.Store(c + 224);
        c7b.Store(c + 240);
        c8a.Store(c + 256);
        c8b.Store(c + 272);
        c9a.Store(c + 288);
        c9b.Store(c + 304);
        c10a.Store(c + 320);
        c10b.Store(c + 336);
        c11a.Store(c + 352);
        c11b.Store(c + 368);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x24(float* a, float* b, float* c, int depth, bool accumulate)
    {
        Vector256<float> c0a = Vector256<float>.Zero, c0b = Vector256<float>.Zero, c0c = Vector256<float>.Zero;
        Vector256<float> c1a = Vector256<float>.Zero, c1b = Vector256<float>.Zero, c1c = Vector256<float>.Zero;
        Vector256<float> c2a = Vector256<float>.Zero, c2b = Vector256<float>.Zero, c2c = Vector256<float>.Zero;
        Vector256<float> c3a = Vector256<float>.Zero, c3b = Vector256<float>.Zero, c3c = Vector256<float>.Zero;
        float* end = a + (nint)depth * 4;
        while (a < end)
        {
            Vector256<float> b0 = Vector256.Load(b);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> b2 = Vector256.Load(b + 16);
            Vector256<float> a0 = Vector256.Create(a[0]);
            c0a = Vector256.MultiplyAddEstimate(a0, b0, c0a);
            c0b = Vector256.MultiplyAddEstimate(a0, b1, c0b);
            c0c = Vector256.MultiplyAddEstimate(a0, b2, c0c);
            Vector256<float> a1 = Vector256.Create(a[1]);
            c1a = Vector256.MultiplyAddEstimate(a1, b0, c1a);
            c1b = Vector256.MultiplyAddEstimate(a1, b1, c1b);
            c1c = Vector256.MultiplyAddEstimate(a1, b2, c1c);
            Vector256<float> a2 = Vector256.Create(a[2]);
            c2a = Vector256.MultiplyAddEstimate(a2, b0, c2a);
            c2b = Vector256.MultiplyAddEstimate(a2, b1, c2b);
            c2c = Vector256.MultiplyAddEstimate(a2, b2, c2c);
            Vector256<float> a3 = Vector256.Create(a[3]);
            c3a = Vector256.MultiplyAddEstimate(a3, b0, c3a);
            c3b = Vector256.MultiplyAddEstimate(a3, b1, c3b);
            c3c = Vector256.MultiplyAddEstimate(a3, b2, c3c);
            a += 4;
            b += 24;
        }

        if (accumulate)
        {
            c0a += Vector256.Load(c);
            c0b += Vector256.Load(c + 8);
            c0c += Vector256.Load(c + 16);
            c1a += Vector256.Load(c + 24);
            c1b += Vector256.Load(c + 32);
            c1c += Vector256.Load(c + 40);
            c2a += Vector256.Load(c + 48);
            c2b += Vector256.Load(c + 56);
            c2c += Vector256.Load(c + 64);
            c3a += Vector256.Load(c + 72);
            c3b += Vector256.Load(c + 80);
            c3c += Vector256.Load(c + 88);
        }

        c0a.Store(c);
        c0b.Store(c + 8);
        c0c.Store(c + 16);
        c1a.Store(c + 24);
        c1b.Store(c + 32);
        c1c.Store(c + 40);
        c2a.Store(c + 48);
        c2b.Store(c + 56);
        c2c.Store(c + 64);
        c3a.Store(c + 72);
        c3b.Store(c + 80);
        c3c.Store(c + 88);
    }
}
