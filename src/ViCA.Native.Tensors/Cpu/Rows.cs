using System.Runtime.Intrinsics;

namespace ViCA.Native.Tensors.Cpu;

/// <summary>Runs an <see cref="IRowBody"/> with the widest vectors of the processor and a tensor's element type.</summary>
internal static class Rows
{
    public static void For<TBody>(OpContext context, int count, int grain, DType dtype, TBody body)
        where TBody : struct, IRowBody
    {
        if (Vector512.IsHardwareAccelerated)
            For<TBody, Simd512, Vector512<float>>(context, count, grain, dtype, body);
        else
            For<TBody, Simd256, Vector256<float>>(context, count, grain, dtype, body);
    }

    private static void For<TBody, TSimd, TVector>(OpContext context, int count, int grain, DType dtype, TBody body)
        where TBody : struct, IRowBody
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
    {
        if (dtype == DType.F32)
        {
            Adapter<TBody, TSimd, TVector, F32Element> adapter = new(body);
            context.Cpu.For(count, grain, ref adapter);
        }
        else
        {
            Adapter<TBody, TSimd, TVector, BF16Element> adapter = new(body);
            context.Cpu.For(count, grain, ref adapter);
        }
    }

    private readonly struct Adapter<TBody, TSimd, TVector, TElement>(TBody body) : IParallelBody
        where TBody : struct, IRowBody
        where TSimd : struct, ISimd<TVector>
        where TVector : unmanaged
        where TElement : struct, IElement
    {
        public void Run(int first, int end, WorkerScratch scratch) =>
            body.Run<TSimd, TVector, TElement>(first, end, scratch);
    }
}
