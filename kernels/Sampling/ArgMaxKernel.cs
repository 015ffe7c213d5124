using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Sampling;

/// <summary>
/// The id of the best score, the lowest of those that tie, or −1 where a score is NaN or infinite. Scores of ids whose
/// bit is set in <paramref name="generated"/> count less: positive ones are divided by <paramref name="penalty"/>,
/// negative ones multiplied. logits: [ids], generated: [⌈ids / 32⌉], result: [1]. One block.
/// </summary>
[Instance(typeof(float))]
[Instance(typeof(BFloat16))]
public readonly struct ArgMaxKernel<T>(
    Global<T> logits, Global<uint> generated, Global<int> result, int ids, float penalty) : IKernel
    where T : unmanaged
{
    private const int Threads = 1024;
    private const int Warps = Threads / Warp.Size;
    private const int NotFinite = -1;

    public static int BlockThreads => Threads;

    public void Execute()
    {
        float best = float.MinValue;
        int bestId = int.MaxValue;
        bool isFinite = true;
        for (int id = ThreadIndex.X; id < ids; id += Threads)
        {
            float score = Element.ToFloat(logits.LoadReadOnly(id));
            isFinite &= MathF.Abs(score) <= float.MaxValue;
            if (((generated.LoadReadOnly(id / 32) >> (id % 32)) & 1) != 0)
                score = score < 0 ? score * penalty : score / penalty;

            // Ids come in ascending order: a later one must be better.
            if (score > best || bestId == int.MaxValue)
            {
                best = score;
                bestId = id;
            }
        }

        Shared<float> scores = SharedMemory.Allocate<float>(Warps);
        Shared<int> winners = SharedMemory.Allocate<int>(Warps);
        isFinite = Warp.All(isFinite);
        BestOfWarp(ref best, ref bestId);
        if (ThreadIndex.X % Warp.Size == 0)
        {
            scores[ThreadIndex.X / Warp.Size] = best;
            winners[ThreadIndex.X / Warp.Size] = isFinite ? bestId : NotFinite;
        }

        BlockBarrier.Sync();
        if (ThreadIndex.X >= Warp.Size)
            return;
        best = scores[ThreadIndex.X];
        bestId = winners[ThreadIndex.X];
        isFinite = Warp.All(bestId != NotFinite);
        BestOfWarp(ref best, ref bestId);
        if (ThreadIndex.X == 0)
            result[0] = isFinite ? bestId : NotFinite;
    }

    private static void BestOfWarp(ref float best, ref int bestId)
    {
        for (int laneMask = Warp.Size / 2; laneMask > 0; laneMask /= 2)
        {
            Unroll.Full();
            float otherBest = Warp.ShuffleXor(best, laneMask);
            int otherId = Warp.ShuffleXor(bestId, laneMask);
            bool isBetter = otherBest > best || (otherBest == best && otherId < bestId);
            best = Select.If(isBetter, otherBest, best);
            bestId = Select.If(isBetter, otherId, bestId);
        }
    }
}
