using System.Numerics;

namespace ViCA.Native.Gpu.Emulator.Profiling;

/// <summary>What a memory instruction of a warp costs, by a model of the hardware: derived, not measured.</summary>
internal static class MemoryCosts
{
    private const int SectorSize = 32;

    private const int BankCount = 32;

    private const int WordSize = 4;

    /// <summary>Sectors of 32 bytes that the lanes touch.</summary>
    public static int Sectors(ReadOnlySpan<ulong> addresses, uint lanes, int bytes)
    {
        Span<ulong> starts = stackalloc ulong[32];
        starts = starts[..Gather(addresses, lanes, starts)];
        int count = 0;
        ulong next = 0;
        foreach (ulong start in starts)
        {
            ulong first = Math.Max(start / SectorSize, next);
            ulong end = (start + (ulong)bytes - 1) / SectorSize + 1;
            if (end <= first)
                continue;
            count += (int)(end - first);
            next = end;
        }
        return count;
    }

    /// <summary>Bytes that the lanes access, equal ones once.</summary>
    public static int DistinctBytes(ReadOnlySpan<ulong> addresses, uint lanes, int bytes)
    {
        Span<ulong> starts = stackalloc ulong[32];
        starts = starts[..Gather(addresses, lanes, starts)];
        int count = 0;
        ulong next = 0;
        foreach (ulong start in starts)
        {
            ulong end = start + (ulong)bytes;
            count += (int)(end - Math.Min(end, Math.Max(start, next)));
            next = end;
        }
        return count;
    }

    /// <summary>Passes through the banks of shared memory, and how many of them could have been fewer.</summary>
    public static (int Wavefronts, int Conflicts) Banks(ReadOnlySpan<ulong> addresses, uint lanes, int bytes)
    {
        int groupSize = bytes switch
        {
            <= 4 => 32,
            <= 8 => 16,
            _ => 8,
        };
        int wavefronts = 0;
        int least = 0;
        for (int first = 0; first < 32; first += groupSize)
        {
            uint group = lanes & (uint.MaxValue >> (32 - groupSize) << first);
            if (group == 0)
                continue;
            wavefronts += Passes(addresses, group, bytes);
            least++;
        }
        return (wavefronts, wavefronts - least);
    }

    /// <summary>The most distinct words in one bank.</summary>
    private static int Passes(ReadOnlySpan<ulong> addresses, uint group, int bytes)
    {
        Span<ulong> starts = stackalloc ulong[32];
        starts = starts[..Gather(addresses, group, starts)];
        Span<int> inBank = stackalloc int[BankCount];
        inBank.Clear();
        ulong next = 0;
        int most = 0;
        foreach (ulong start in starts)
        {
            ulong end = (start + (ulong)bytes - 1) / WordSize + 1;
            for (ulong word = Math.Max(start / WordSize, next); word < end; word++)
                most = Math.Max(most, ++inBank[(int)(word % BankCount)]);
            next = Math.Max(next, end);
        }
        return most;
    }

    /// <summary>The addresses of the lanes in ascending order; returns how many.</summary>
    private static int Gather(ReadOnlySpan<ulong> addresses, uint lanes, Span<ulong> sorted)
    {
        int count = 0;
        for (; lanes != 0; lanes &= lanes - 1)
            sorted[count++] = addresses[BitOperations.TrailingZeroCount(lanes)];
        sorted[..count].Sort();
        return count;
    }
}
