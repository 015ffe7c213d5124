using System.Numerics;
using System.Runtime.InteropServices;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Looks for values that are not finite: all exponent bits set.</summary>
internal static class FiniteCheck
{
    private const int BlockBytes = 8 << 20;

    public static void Run(
        IReadOnlyList<SafetensorsFile> files,
        long totalBytes,
        IProgress<ByteProgress>? progress,
        CancellationToken token)
    {
        long done = 0;
        foreach (CheckpointTensor tensor in files.SelectMany(file => file.Tensors))
            Check(tensor, Advance, token);

        void Advance(long bytes) => progress?.Report(new ByteProgress(Interlocked.Add(ref done, bytes), totalBytes));
    }

    private static void Check(CheckpointTensor tensor, Action<long> advanced, CancellationToken token)
    {
        if (!tensor.ElementType.IsDType)
            return;
        long blocks = (tensor.ByteLength + BlockBytes - 1) / BlockBytes;
        long count = 0;
        long first = long.MaxValue;
        Lock gate = new();
        ParallelOptions options = new() { CancellationToken = token };
        Parallel.For(0L, blocks, options, block =>
        {
            long offset = block * BlockBytes;
            int length = (int)Math.Min(BlockBytes, tensor.ByteLength - offset);
            (long found, long at) = Scan(tensor, offset, length);
            if (found > 0)
            {
                lock (gate)
                {
                    count += found;
                    first = Math.Min(first, (offset / tensor.ElementType.Bytes) + at);
                }
            }
            advanced(length);
        });
        if (count > 0)
        {
            string values = count == 1 ? "1 non-finite value" : $"{count} non-finite values, first";
            throw new NumericException(
                ErrorCodes.NumericWeights,
                $"{tensor.ShardName}: tensor '{PrintableText.Clip(tensor.Name)}': {values} at {first}");
        }
    }

    private static unsafe (long Count, long First) Scan(CheckpointTensor tensor, long offset, int length)
    {
        byte* start = (byte*)tensor.Address + offset;
        return tensor.DType switch
        {
            DType.F32 => Scan(new ReadOnlySpan<uint>(start, length / 4), 0x7F80_0000u),
            DType.BF16 => Scan(new ReadOnlySpan<ushort>(start, length / 2), (ushort)0x7F80),
            _ => Scan(new ReadOnlySpan<ushort>(start, length / 2), (ushort)0x7C00),
        };
    }

    private static (long Count, long First) Scan<T>(ReadOnlySpan<T> bits, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        Vector<T> mask = new(exponent);
        int i = 0;
        for (; i <= bits.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            if (Vector.EqualsAny(new Vector<T>(bits[i..]) & mask, mask))
                return Count(bits, exponent, i);
        }
        return Count(bits, exponent, i);
    }

    // The slow way from the first vector that holds one: counts matter only in the message.
    private static (long Count, long First) Count<T>(ReadOnlySpan<T> bits, T exponent, int from)
        where T : unmanaged, IBinaryInteger<T>
    {
        long count = 0;
        long first = -1;
        for (int i = from; i < bits.Length; i++)
        {
            if ((bits[i] & exponent) != exponent)
                continue;
            if (count++ == 0)
                first = i;
        }
        return (count, first);
    }
}
