using System.Buffers;

namespace ViCA.Native.Tokenizer;

/// <summary>Finds added tokens in a text: the leftmost, and of those that start there the longest. Immutable.</summary>
internal sealed class AddedTokens
{
    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<string> _texts;
    private readonly Dictionary<int, AddedToken> _byId;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Text.Length)];
        _texts = SearchValues.Create([.. _longestFirst.Select(token => token.Text)], StringComparison.Ordinal);
        _byId = _longestFirst.ToDictionary(token => token.Id);
    }

    /// <summary>The next added token in <paramref name="text"/> and where it starts, or null.</summary>
    public AddedToken? Find(ReadOnlySpan<char> text, out int start)
    {
        start = text.IndexOfAny(_texts);
        if (start < 0)
            return null;
        foreach (AddedToken token in _longestFirst)
        {
            if (text[start..].StartsWith(token.Text, StringComparison.Ordinal))
                return token;
        }
        return null;
    }

    /// <summary>The id of the added token with this text, or null.</summary>
    public int? IdOf(string text)
    {
        foreach (AddedToken token in _longestFirst)
        {
            if (token.Text == text)
                return token.Id;
        }
        return null;
    }

    /// <summary>Whether the id is that of a token that decoding leaves out on request.</summary>
    public bool IsSpecial(int id) => _byId.TryGetValue(id, out AddedToken token) && token.IsSpecial;
}
