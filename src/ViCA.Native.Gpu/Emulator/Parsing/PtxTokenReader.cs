namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>Walks over the tokens and complains with the line.</summary>
internal sealed class PtxTokenReader(List<PtxToken> tokens)
{
    private int _next;

    public PtxToken Current => tokens[_next];

    public int Line => Current.Line;

    public bool IsAtEnd => Current.Kind == PtxTokenKind.End;

    public PtxToken Peek(int distance) => tokens[Math.Min(_next + distance, tokens.Count - 1)];

    public PtxToken Take()
    {
        PtxToken token = Current;
        if (!IsAtEnd)
            _next++;
        return token;
    }

    public bool TryTake(char punctuation)
    {
        if (!Current.Is(punctuation))
            return false;
        _next++;
        return true;
    }

    public bool TryTakeWord(string word)
    {
        if (!Current.IsWord(word))
            return false;
        _next++;
        return true;
    }

    public void Expect(char punctuation)
    {
        if (!TryTake(punctuation))
            throw Error($"unexpected '{Current.Text}' (expected '{punctuation}')");
    }

    public string ExpectWord(string what)
    {
        if (Current.Kind != PtxTokenKind.Word)
            throw Error($"unexpected '{Current.Text}' (expected {what})");
        return Take().Text;
    }

    /// <summary>An integer constant with an optional sign.</summary>
    public long ExpectInteger(string what)
    {
        bool negative = TryTake('-');
        if (Current.Kind != PtxTokenKind.Integer)
            throw Error($"unexpected '{Current.Text}' (expected {what})");
        long value = unchecked((long)Take().Bits);
        return negative ? unchecked(-value) : value;
    }

    public int ExpectSize(string what)
    {
        long value = ExpectInteger(what);
        return value is >= 0 and <= int.MaxValue ? (int)value : throw Error($"{what} is out of range (found {value})");
    }

    /// <summary>Skips <c>{ … }</c> with what is nested in it.</summary>
    public void SkipBraces()
    {
        Expect('{');
        for (int depth = 1; depth > 0;)
        {
            PtxToken token = Take();
            if (token.Kind == PtxTokenKind.End)
                throw Error("the text ends inside braces (expected '}')");
            depth += token.Is('{') ? 1 : token.Is('}') ? -1 : 0;
        }
    }

    public PtxFormatException Error(string what) => Error(Line, what);

    public static PtxFormatException Error(int line, string what) =>
        new(ErrorCodes.PtxSyntax, line, $"PTX line {line}: {what}; check the text there, ptxas says more");
}
