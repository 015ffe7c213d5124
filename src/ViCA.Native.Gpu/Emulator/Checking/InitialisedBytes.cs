namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>Which bytes of a stretch of memory have been written. Safe for use by several threads.</summary>
internal sealed class InitialisedBytes(long size)
{
    private const int BitsPerWord = 64;

    private readonly ulong[] _words = new ulong[(size + BitsPerWord - 1) / BitsPerWord];

    /// <summary>Notes that bytes have been written.</summary>
    public void Mark(long start, long count)
    {
        for (long at = start; at < start + count;)
        {
            ulong mask = Mask(at, start + count, out long next);
            ref ulong word = ref _words[at / BitsPerWord];
            if ((Volatile.Read(ref word) & mask) != mask)
                Interlocked.Or(ref word, mask);
            at = next;
        }
    }

    /// <summary>Whether all of some bytes have been written.</summary>
    public bool AreMarked(long start, long count)
    {
        for (long at = start; at < start + count;)
        {
            ulong mask = Mask(at, start + count, out long next);
            if ((Volatile.Read(ref _words[at / BitsPerWord]) & mask) != mask)
                return false;
            at = next;
        }
        return true;
    }

    private static ulong Mask(long at, long end, out long next)
    {
        int first = (int)(at % BitsPerWord);
        int count = (int)Math.Min(BitsPerWord - first, end - at);
        next = at + count;
        return ulong.MaxValue >> (BitsPerWord - count) << first;
    }
}
