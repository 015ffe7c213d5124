using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>y[t, :] = weight[ids[t], :], converted. weight: [vocabulary, hidden], y: [ids, hidden].</summary>
    /// <exception cref="ArgumentException">Shapes do not fit, or an id has no row.</exception>
    public static void EmbeddingLookup(OpContext context, Tensor weight, ReadOnlySpan<int> ids, Tensor y)
    {
        Check.Shape(y, ids.Length, weight.Columns);
        foreach (int id in ids)
            Check.That((uint)id < (uint)weight.Rows, $"id {id} (expected 0 to {weight.Rows - 1})");
        Check.Place(context, [weight, y]);
        if (context.Device is { } device)
        {
            EmbeddingLookupOnDevice(context, device, weight, ids, y);
            return;
        }

        for (int t = 0; t < ids.Length; t++)
            CopyRow(weight, ids[t], y, t);
    }

    /// <summary>Row <paramref name="to"/> of y = row <paramref name="from"/> of x, converted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRow(Tensor x, int from, Tensor y, int to)
    {
        nint start = (nint)to * y.Columns;
        for (int i = 0; i < y.Columns; i++)
        {
            if (y.DType == DType.F32)
                F32Element.StoreScalar(x[from, i], y.Address, start + i);
            else
                BF16Element.StoreScalar(x[from, i], y.Address, start + i);
        }
    }

    private static void EmbeddingLookupOnDevice(
        OpContext context, GpuDevice device, Tensor weight, ReadOnlySpan<int> ids, Tensor y)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        ulong address = (ulong)context.Workspace.TakeBytes(ids.Length * sizeof(int));
        device.CopyToDevice(MemoryMarshal.AsBytes(ids), address);
        DeviceLaunch.For<EmbeddingLookupLaunch, N8>(
            device, y.DType, weight.DType, DeviceLaunch.RowsAre(8, weight, y), new EmbeddingLookupLaunch(weight, address, y));
        context.Workspace.Return(mark);
    }

    private readonly struct EmbeddingLookupLaunch(Tensor weight, ulong ids, Tensor y) : IWeightedDeviceLaunch
    {
        public void Run<T, TWeight, TWidth>(GpuDevice device)
            where T : unmanaged
            where TWeight : unmanaged
            where TWidth : struct, ILength =>
            device.Launch(
                (DeviceLaunch.Blocks(y.Columns, TWidth.Value), y.Rows),
                ElementBlock.Threads,
                new EmbeddingKernel<TWeight, T, TWidth>(
                    weight.Global<TWeight>(), new Global<int>(ids), y.Global<T>(), y.Columns));
    }
}
