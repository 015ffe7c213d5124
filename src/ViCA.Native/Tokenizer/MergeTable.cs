using System.Numerics;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// The merges of a byte-pair encoding: which pairs of tokens join, in which order, and to what. A merge's rank is its place
/// in the list. Immutable.
/// </summary>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that does not join.</summary>
    public const int None = int.MaxValue;

    // Open addressing; a key is left id << 32 | right id, ranks are kept beside it.
    private readonly ulong[] _keys;
    private readonly int[] _ranks;
    private readonly int[] _joined;

    private const ulong Empty = ulong.MaxValue;

    /// <summary>Room for <paramref name="count"/> merges, which are then added in the order of their ranks.</summary>
    public MergeTable(int count)
    {
        uint slots = BitOperations.RoundUpToPowerOf2(((uint)count * 2) + 1);
        _keys = new ulong[slots];
        _keys.AsSpan().Fill(Empty);
        _ranks = new int[slots];
        _joined = new int[count];
    }

    /// <summary>How many merges there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next merge; false when the pair is known already.</summary>
    public bool TryAdd(int left, int right, int joined)
    {
        int slot = Slot(Key(left, right));
        if (_keys[slot] != Empty)
            return false;
        _keys[slot] = Key(left, right);
        _ranks[slot] = Count;
        _joined[Count++] = joined;
        return true;
    }

    /// <summary>The rank of a pair, or <see cref="None"/>.</summary>
    public int Rank(int left, int right)
    {
        int slot = Slot(Key(left, right));
        return _keys[slot] == Empty ? None : _ranks[slot];
    }

    /// <summary>The token that the merge of this rank makes.</summary>
    public int Joined(int rank) => _joined[rank];

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private int Slot(ulong key)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        int mask = _keys.Length - 1;
        int slot = (int)((key * Multiplier) >> 32) & mask;
        while (_keys[slot] != key && _keys[slot] != Empty)
            slot = (slot + 1) & mask;
        return slot;
    }
}
