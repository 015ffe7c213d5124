using System.Buffers;
using System.Text;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// Byte-pair encoding of one piece of the split, with a cache of short pieces. Safe for concurrent callers.
/// </summary>
internal sealed class PieceEncoder
{
    private const int CacheSlots = 1 << 14;
    private const int MaxCachedLength = 32;

    // A UTF-16 unit is at most three bytes. Up to here the plain quadratic loop is the faster one.
    private const int MaxShortBytes = 3 * MaxCachedLength;

    // A merger's buffers are 40 bytes a byte of its longest piece.
    private const int MaxKeptBytes = 1 << 16;

    private readonly MergeTable _merges;
    private readonly int[] _byteTokens = new int[256];
    private readonly CachedPiece?[] _cache = new CachedPiece?[CacheSlots];
    private LongPieceMerger? _idleMerger;

    public PieceEncoder(Vocabulary vocabulary, MergeTable merges)
    {
        _merges = merges;
        for (int value = 0; value < 256; value++)
            _byteTokens[value] = vocabulary.Find([(byte)value]);
    }

    /// <summary>Appends the tokens of a piece of well-formed text.</summary>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.Length == 1 && piece[0] < 0x80)
            ids.Add(_byteTokens[piece[0]]);
        else if (piece.Length <= MaxCachedLength)
            EncodeCached(piece, ids);
        else
            EncodeLong(piece, ids);
    }

    private void EncodeCached(ReadOnlySpan<char> piece, List<int> ids)
    {
        int slot = string.GetHashCode(piece) & (CacheSlots - 1);
        CachedPiece? cached = Volatile.Read(ref _cache[slot]);
        if (cached is null || !piece.SequenceEqual(cached.Text))
        {
            Span<byte> bytes = stackalloc byte[MaxShortBytes];
            Span<int> tokens = stackalloc int[MaxShortBytes];
            int length = Encoding.UTF8.GetBytes(piece, bytes);
            ToTokens(bytes[..length], tokens);
            cached = new CachedPiece(piece.ToString(), MergeShort(tokens[..length]).ToArray());
            Volatile.Write(ref _cache[slot], cached);
        }
        ids.AddRange(cached.Ids.AsSpan());
    }

    private void EncodeLong(ReadOnlySpan<char> piece, List<int> ids)
    {
        int length = Encoding.UTF8.GetByteCount(piece);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        int[] tokens = ArrayPool<int>.Shared.Rent(length);
        Encoding.UTF8.GetBytes(piece, bytes);
        ToTokens(bytes.AsSpan(0, length), tokens);
        if (length <= MaxShortBytes)
        {
            ids.AddRange(MergeShort(tokens.AsSpan(0, length)));
        }
        else
        {
            LongPieceMerger merger = Interlocked.Exchange(ref _idleMerger, null) ?? new LongPieceMerger(_merges);
            merger.Merge(tokens.AsSpan(0, length), ids);
            if (length <= MaxKeptBytes)
                _idleMerger = merger;
        }
        ArrayPool<int>.Shared.Return(tokens);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void ToTokens(ReadOnlySpan<byte> bytes, Span<int> tokens)
    {
        for (int i = 0; i < bytes.Length; i++)
            tokens[i] = _byteTokens[bytes[i]];
    }

    /// <summary>Merges in place: the leftmost pair of the lowest rank, again and again; gives what is left.</summary>
    private Span<int> MergeShort(Span<int> tokens)
    {
        Span<int> ranks = stackalloc int[MaxShortBytes];
        ranks = ranks[..tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
            ranks[i] = RankAt(tokens, i);
        while (true)
        {
            int best = 0;
            for (int i = 1; i < tokens.Length; i++)
                best = ranks[i] < ranks[best] ? i : best;
            if (ranks[best] == MergeTable.None)
                return tokens;
            tokens[best] = _merges.Joined(ranks[best]);
            tokens[(best + 2)..].CopyTo(tokens[(best + 1)..]);
            ranks[(best + 2)..].CopyTo(ranks[(best + 1)..]);
            tokens = tokens[..^1];
            ranks = ranks[..^1];
            ranks[best] = RankAt(tokens, best);
            if (best > 0)
                ranks[best - 1] = RankAt(tokens, best - 1);
        }
    }

    private int RankAt(ReadOnlySpan<int> tokens, int index) =>
        index + 1 < tokens.Length ? _merges.Rank(tokens[index], tokens[index + 1]) : MergeTable.None;

    private sealed record CachedPiece(string Text, int[] Ids);
}
