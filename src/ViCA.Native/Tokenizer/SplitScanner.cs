namespace ViCA.Native.Tokenizer;

/// <summary>
/// Cuts a text into the pieces that are merged apart, as Qwen2's <see cref="Pattern"/> does, one piece a call. Every
/// character belongs to exactly one piece. The text must be well-formed UTF-16.
/// </summary>
internal static class SplitScanner
{
    /// <summary>The only pattern this scanner stands for.</summary>
    public const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
        + @"|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>
    /// The length in UTF-16 units of the piece at the start of <paramref name="text"/>, which is not empty.
    /// </summary>
    public static int Next(ReadOnlySpan<char> text)
    {
        if (text[0] == '\'' && Contraction(text) is > 0 and int contraction)
            return contraction;

        CharacterClass first = ClassAt(text, 0, out int length);
        if (first == CharacterClass.Letter)
            return Run(text, length, CharacterClass.Letter);
        if (first == CharacterClass.Number)
            return length;
        CharacterClass second = length < text.Length ? ClassAt(text, length, out _) : CharacterClass.Space;
        if (second == CharacterClass.Letter && (first & CharacterClass.LineEnd) == 0)
            return Run(text, length, CharacterClass.Letter);
        if (first == CharacterClass.Symbol || (text[0] == ' ' && second == CharacterClass.Symbol))
            return Symbols(text, length);
        return Spaces(text);
    }

    /// <summary>NOTE: U+017F folds to `s`, as the reference's regex engine has it.</summary>
    private static int Contraction(ReadOnlySpan<char> text)
    {
        char second = text.Length > 1 ? Fold(text[1]) : '\0';
        if (second is 's' or 't' or 'm' or 'd')
            return 2;
        char third = text.Length > 2 ? Fold(text[2]) : '\0';
        return (second, third) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static char Fold(char value) => value switch
    {
        >= 'A' and <= 'Z' => (char)(value | 0x20),
        '\u017F' => 's',
        _ => value,
    };

    private static int Run(ReadOnlySpan<char> text, int start, CharacterClass wanted)
    {
        int end = start;
        while (end < text.Length && ClassAt(text, end, out int length) == wanted)
            end += length;
        return end;
    }

    private static int Symbols(ReadOnlySpan<char> text, int start)
    {
        int end = Run(text, start, CharacterClass.Symbol);
        while (end < text.Length && text[end] is '\r' or '\n')
            end++;
        return end;
    }

    /// <summary>
    /// A run of white space: up to its last line end if it has one; else all of it at the end of the text, all but its
    /// last character before something else, and that character alone when nothing would be left.
    /// </summary>
    private static int Spaces(ReadOnlySpan<char> text)
    {
        int end = 0, afterLineEnd = 0;
        while (end < text.Length && (CharacterClasses.Of(text[end]) & CharacterClass.Space) != 0)
        {
            if (text[end] is '\r' or '\n')
                afterLineEnd = end + 1;
            end++;
        }
        if (afterLineEnd > 0)
            return afterLineEnd;
        return end == text.Length || end == 1 ? end : end - 1;
    }

    private static CharacterClass ClassAt(ReadOnlySpan<char> text, int index, out int length)
    {
        char unit = text[index];
        if (!char.IsHighSurrogate(unit))
        {
            length = 1;
            return CharacterClasses.Of(unit);
        }
        length = 2;
        return CharacterClasses.Of(char.ConvertToUtf32(unit, text[index + 1]));
    }
}
