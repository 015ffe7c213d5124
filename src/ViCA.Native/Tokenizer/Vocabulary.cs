using System.Buffers.Binary;
using System.Numerics;

namespace ViCA.Native.Tokenizer;

/// <summary>The bytes of every token, and the way back from bytes to the ids of base tokens. Immutable.</summary>
internal sealed class Vocabulary
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;

    // Open addressing; 0 is empty, else id + 1.
    private readonly int[] _slots;

    /// <param name="bytes">The tokens' bytes, one after another in the order of their ids.</param>
    /// <param name="starts">Where each token begins in <paramref name="bytes"/>, and one more: the end.</param>
    /// <param name="baseTokens">The ids that <see cref="Find"/> gives.</param>
    public Vocabulary(byte[] bytes, int[] starts, IReadOnlyList<int> baseTokens)
    {
        _bytes = bytes;
        _starts = starts;
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)(baseTokens.Count * 2) + 1)];
        foreach (int id in baseTokens)
            _slots[Slot(this[id])] = id + 1;
    }

    /// <summary>Highest id + 1.</summary>
    public int Length => _starts.Length - 1;

    /// <summary>The bytes of a token.</summary>
    public ReadOnlySpan<byte> this[int id] => _bytes.AsSpan(_starts[id].._starts[id + 1]);

    /// <summary>The base token of exactly these bytes, or -1.</summary>
    public int Find(ReadOnlySpan<byte> bytes) => _slots[Slot(bytes)] - 1;

    private int Slot(ReadOnlySpan<byte> bytes)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(Hash(bytes) & (uint)mask);
        while (_slots[slot] != 0 && !this[_slots[slot] - 1].SequenceEqual(bytes))
            slot = (slot + 1) & mask;
        return slot;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Multiplier, 29);
        foreach (byte value in bytes)
            hash = (hash ^ value) * Multiplier;
        return (uint)(hash >> 32);
    }
}
