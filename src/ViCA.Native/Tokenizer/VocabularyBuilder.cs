using System.Text;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// Collects the tokens of a file in any order and checks that they make a vocabulary (codes `tokenizer_vocab`).
/// </summary>
/// <param name="file">The name for messages.</param>
internal sealed class VocabularyBuilder(string file)
{
    private readonly List<(int Id, int Start, int Length)> _entries = [];
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    /// <summary>Adds a base token, whose valid UTF-8 <paramref name="text"/> is written in the byte alphabet.</summary>
    public void Add(ReadOnlySpan<byte> text, int id)
    {
        Reserve(text.Length);
        int length = ByteAlphabet.Decode(text, _bytes.AsSpan(_length));
        if (length <= 0)
            throw Broken($"token {Shown.Text(text)} is empty or not written in the byte alphabet");
        _entries.Add((id, _length, length));
        _length += length;
    }

    /// <summary>The vocabulary of all base tokens and <paramref name="addedTokens"/>.</summary>
    public Vocabulary Build(IReadOnlyList<AddedToken> addedTokens)
    {
        int numBaseTokens = _entries.Count;
        foreach (AddedToken token in addedTokens)
            AddAdded(token, numBaseTokens);
        int[] entryOfId = OrderById();
        int[] starts = new int[entryOfId.Length + 1];
        byte[] bytes = new byte[_length];
        for (int id = 0; id < entryOfId.Length; id++)
        {
            (_, int start, int length) = _entries[entryOfId[id]];
            _bytes.AsSpan(start, length).CopyTo(bytes.AsSpan(starts[id]));
            starts[id + 1] = starts[id] + length;
        }
        int[] baseTokens = _entries.Take(numBaseTokens).Select(entry => entry.Id).ToArray();
        var vocabulary = new Vocabulary(bytes, starts, baseTokens);
        RequireDistinct(vocabulary, baseTokens);
        return vocabulary;
    }

    private void AddAdded(AddedToken token, int numBaseTokens)
    {
        byte[] text = Encoding.UTF8.GetBytes(token.Text);
        // Some files list an added token among the base tokens too, with the same id and text.
        int known = _entries.FindIndex(0, numBaseTokens, entry => entry.Id == token.Id);
        if (known >= 0 && BytesOf(known).SequenceEqual(text))
            return;
        Reserve(text.Length);
        text.CopyTo(_bytes, _length);
        _entries.Add((token.Id, _length, text.Length));
        _length += text.Length;
    }

    private int[] OrderById()
    {
        int[] entryOfId = new int[_entries.Count];
        entryOfId.AsSpan().Fill(-1);
        int? tooHigh = null;
        for (int i = 0; i < _entries.Count; i++)
        {
            int id = _entries[i].Id;
            if (id < 0)
                throw Broken($"token {Shown.Text(BytesOf(i))} has id {id} (expected 0 or more)");
            if (id >= entryOfId.Length)
                tooHigh = id;
            else if (entryOfId[id] >= 0)
                throw Broken($"id {id} used by {Shown.Text(BytesOf(entryOfId[id]))} and {Shown.Text(BytesOf(i))}");
            else
                entryOfId[id] = i;
        }
        if (tooHigh is int highest)
        {
            string last = $"expected ids 0 to {entryOfId.Length - 1} for {entryOfId.Length} tokens, found {highest}";
            throw Broken($"id {Array.IndexOf(entryOfId, -1)} has no token ({last})");
        }
        return entryOfId;
    }

    private void RequireDistinct(Vocabulary vocabulary, int[] baseTokens)
    {
        foreach (int id in baseTokens)
        {
            int other = vocabulary.Find(vocabulary[id]);
            if (other != id)
                throw Broken($"token {Shown.Text(vocabulary[id])} has ids {id} and {other}");
        }
        for (int value = 0; value < 256; value++)
        {
            if (vocabulary.Find([(byte)value]) < 0)
                throw Broken($"byte 0x{value:X2} has no token");
        }
    }

    private ReadOnlySpan<byte> BytesOf(int entry) => _bytes.AsSpan(_entries[entry].Start, _entries[entry].Length);

    private void Reserve(int length)
    {
        if (_bytes.Length - _length < length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
    }

    private TokenizerException Broken(string what) => new(ErrorCodes.TokenizerVocab, $"{file}: {what}");
}
