namespace ViCA.Native.Tokenizer;

/// <summary>Makes the merges out of a file's list and checks them (codes `tokenizer_merges`).</summary>
/// <param name="file">The name for messages.</param>
/// <param name="vocabulary">The tokens that the parts and the results must be.</param>
internal sealed class MergeTableBuilder(string file, Vocabulary vocabulary)
{
    private readonly List<(int Left, int Right, int Joined)> _merges = [];
    private byte[] _joined = new byte[256];

    /// <summary>Adds a merge written as `left right`, in valid UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        int space = text.IndexOf((byte)' ');
        if (space <= 0 || space == text.Length - 1 || text[(space + 1)..].Contains((byte)' '))
            throw Broken($"{Shown.Text(text)} has {CountParts(text)} parts (expected 2)");
        Add(text[..space], text[(space + 1)..]);
    }

    /// <summary>Adds a merge of two parts, each in valid UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (_joined.Length < left.Length + right.Length)
            _joined = new byte[left.Length + right.Length];
        int leftLength = ByteAlphabet.Decode(left, _joined);
        int leftId = Find(left, leftLength < 0 ? [] : _joined.AsSpan(0, leftLength));
        int rightLength = ByteAlphabet.Decode(right, _joined.AsSpan(leftLength));
        int rightId = Find(right, rightLength < 0 ? [] : _joined.AsSpan(leftLength, rightLength));
        int joined = vocabulary.Find(_joined.AsSpan(0, leftLength + rightLength));
        if (joined < 0)
            throw Broken($"{Pair(left, right)} joins to unknown {Shown.Text([.. left, .. right])}");
        _merges.Add((leftId, rightId, joined));
    }

    /// <summary>The table of all merges added.</summary>
    public MergeTable Build()
    {
        var table = new MergeTable(_merges.Count);
        foreach ((int left, int right, int joined) in _merges)
        {
            if (!table.TryAdd(left, right, joined))
                throw Broken(table.Count, $"{Shown.Text(vocabulary[joined])} is joined twice from the same parts");
        }
        return table;
    }

    /// <summary>The failure of the merge that would be next.</summary>
    public TokenizerException Broken(string what) => Broken(_merges.Count, what);

    private TokenizerException Broken(int index, string what) =>
        new(ErrorCodes.TokenizerMerges, $"{file}: merge {index}: {what}");

    private int Find(ReadOnlySpan<byte> part, ReadOnlySpan<byte> bytes)
    {
        int id = vocabulary.Find(bytes);
        return id >= 0 ? id : throw Broken($"unknown token {Shown.Text(part)}");
    }

    private static int CountParts(ReadOnlySpan<byte> text)
    {
        int parts = 0;
        foreach (Range range in text.Split((byte)' '))
            parts += text[range].IsEmpty ? 0 : 1;
        return parts;
    }

    private static string Pair(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        Shown.Text([.. left, (byte)' ', .. right]);
}
