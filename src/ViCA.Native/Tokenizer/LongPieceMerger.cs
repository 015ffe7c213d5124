namespace ViCA.Native.Tokenizer;

/// <summary>
/// Byte-pair encoding of a long piece in close to linear time. Pairs wait in one list per rank, lists of ranks wait in
/// a heap; a list is worked off from left to right, so the order of merges is that of a heap over (rank, position).
/// Keeps its buffers between calls; not for concurrent use.
/// </summary>
internal sealed class LongPieceMerger
{
    private const int End = -1;

    private readonly MergeTable _merges;

    // By rank: first and last entry of its list. Where the same two tokens meet, the bytes below them went through the
    // same merges, and among equals the left one is always first: so a list is in order of positions by itself.
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly PriorityQueue<int, int> _pending = new();

    // By symbol, named by the position of its first byte; the rank is that of the pair with the next symbol.
    private int[] _tokens = [];
    private int[] _previous = [];
    private int[] _next = [];
    private int[] _ranks = [];

    // By entry.
    private int[] _positions = [];
    private int[] _following = [];
    private int _numEntries;

    private int _length;

    public LongPieceMerger(MergeTable merges)
    {
        _merges = merges;
        _first = new int[merges.Count];
        _last = new int[merges.Count];
        _first.AsSpan().Fill(End);
    }

    /// <summary>Appends the merged tokens of a piece, given as the tokens of its bytes.</summary>
    public void Merge(ReadOnlySpan<int> byteTokens, List<int> ids)
    {
        Load(byteTokens);
        while (_pending.TryDequeue(out int rank, out _))
            MergeAll(rank);
        for (int position = 0; position < _length; position = _next[position])
            ids.Add(_tokens[position]);
    }

    private void Load(ReadOnlySpan<int> byteTokens)
    {
        _length = byteTokens.Length;
        if (_tokens.Length < _length)
        {
            int capacity = Math.Max(_length, _tokens.Length * 2);
            (_tokens, _previous, _next, _ranks) =
                (new int[capacity], new int[capacity], new int[capacity], new int[capacity]);
            // Each pair makes one entry, and each merge at most two more.
            (_positions, _following) = (new int[capacity * 3], new int[capacity * 3]);
        }
        _numEntries = 0;
        byteTokens.CopyTo(_tokens);
        for (int position = 0; position < _length; position++)
        {
            _previous[position] = position - 1;
            _next[position] = position + 1;
        }
        for (int position = 0; position < _length; position++)
            UpdatePair(position);
    }

    /// <summary>Looks the pair at a position up and queues it; gives its rank.</summary>
    private int UpdatePair(int position)
    {
        int next = _next[position];
        int rank = next < _length ? _merges.Rank(_tokens[position], _tokens[next]) : MergeTable.None;
        _ranks[position] = rank;
        if (rank != MergeTable.None)
            Append(rank, position);
        return rank;
    }

    private void Append(int rank, int position)
    {
        int entry = _numEntries++;
        _positions[entry] = position;
        _following[entry] = End;
        if (_first[rank] == End)
        {
            _first[rank] = entry;
            _pending.Enqueue(rank, rank);
        }
        else
        {
            _following[_last[rank]] = entry;
        }
        _last[rank] = entry;
    }

    private void MergeAll(int rank)
    {
        int joined = _merges.Joined(rank);
        for (int entry = _first[rank]; entry != End; entry = _following[entry])
        {
            int position = _positions[entry];
            // A neighbour's merge may have changed or swallowed this pair since it was queued.
            if (_ranks[position] != rank || MergePair(position, joined) > rank)
                continue;
            // The merge made a pair that goes before the rest of this list.
            _first[rank] = _following[entry];
            if (_first[rank] != End)
                _pending.Enqueue(rank, rank);
            return;
        }
        _first[rank] = End;
    }

    /// <summary>Joins the pair at a position; gives the lower rank of the two pairs that this makes.</summary>
    private int MergePair(int position, int joined)
    {
        int swallowed = _next[position];
        int next = _next[swallowed];
        _tokens[position] = joined;
        _ranks[swallowed] = MergeTable.None;
        _next[position] = next;
        if (next < _length)
            _previous[next] = position;
        int left = _previous[position] < 0 ? MergeTable.None : UpdatePair(_previous[position]);
        return Math.Min(left, UpdatePair(position));
    }
}
