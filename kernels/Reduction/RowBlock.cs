using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Reduction;

/// <summary>
/// Sums and maxima over the threads of a block that works on one row. All threads of the block must call, and each gets
/// the result. The order is fixed: lanes as a butterfly, then the warps one after the other.
/// </summary>
internal static class RowBlock
{
    /// <summary>Threads of the block.</summary>
    public const int Threads = 256;

    private const int Warps = Threads / Warp.Size;

    /// <summary>The sum of one value of each thread.</summary>
    public static float Sum(float value)
    {
        Shared<float> partial = SharedMemory.Allocate<float>(Warps);
        value = Warp.Sum(value);
        if (ThreadIndex.X % Warp.Size == 0)
            partial[ThreadIndex.X / Warp.Size] = value;
        BlockBarrier.Sync();
        float total = 0;
        for (int warp = 0; warp < Warps; warp++)
        {
            Unroll.Full();
            total += partial[warp];
        }

        return total;
    }

    /// <summary>The maximum of one value of each thread; NaN if one is.</summary>
    public static float Max(float value)
    {
        Shared<float> partial = SharedMemory.Allocate<float>(Warps);
        value = Warp.Max(value);
        if (ThreadIndex.X % Warp.Size == 0)
            partial[ThreadIndex.X / Warp.Size] = value;
        BlockBarrier.Sync();
        float highest = partial[0];
        for (int warp = 1; warp < Warps; warp++)
        {
            Unroll.Full();
            highest = MathF.Max(highest, partial[warp]);
        }

        return highest;
    }
}
