using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Sampling;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    /// <summary>
    /// The id of the best score, the lowest of those that tie, or −1 where a score is NaN or infinite. Scores of ids whose
    /// bit is set in <paramref name="generated"/> count less: positive ones are divided by <paramref name="penalty"/>,
    /// negative ones multiplied. logits: [1, ids], generated: [⌈ids / 32⌉].
    /// </summary>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static int ArgMax(OpContext context, Tensor logits, ReadOnlySpan<uint> generated, float penalty)
    {
        Check.Shape(logits, 1, logits.Columns);
        Check.That(
            generated.Length == (logits.Columns + 31) / 32,
            $"generated has {generated.Length} words (expected {(logits.Columns + 31) / 32})");
        Check.Place(context, [logits]);
        if (context.Device is { } device)
            return ArgMaxOnDevice(context, device, logits, generated, penalty);
        int best = -1;
        float highest = 0;
        for (int id = 0; id < logits.Columns; id++)
        {
            float score = logits[0, id];
            if (!float.IsFinite(score))
                return -1;
            if (((generated[id / 32] >> (id % 32)) & 1) != 0)
                score = score < 0 ? score * penalty : score / penalty;
            if (best < 0 || score > highest)
                (best, highest) = (id, score);
        }

        return best;
    }

    private static int ArgMaxOnDevice(
        OpContext context, GpuDevice device, Tensor logits, ReadOnlySpan<uint> generated, float penalty)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Global<uint> flags = new((ulong)context.Workspace.TakeBytes(generated.Length * sizeof(uint)));
        Global<int> result = new((ulong)context.Workspace.TakeBytes(sizeof(int)));
        device.CopyToDevice(MemoryMarshal.AsBytes(generated), flags.Address);
        if (logits.DType == DType.F32)
            Launch<float>();
        else
            Launch<BFloat16>();
        int id = 0;
        device.CopyToHost(result.Address, MemoryMarshal.AsBytes(new Span<int>(ref id)));
        context.Workspace.Return(mark);
        return id;

        void Launch<T>()
            where T : unmanaged => device.Launch(
            1,
            ArgMaxKernel<T>.BlockThreads,
            new ArgMaxKernel<T>(logits.Global<T>(), flags, result, logits.Columns, penalty));
    }
}
