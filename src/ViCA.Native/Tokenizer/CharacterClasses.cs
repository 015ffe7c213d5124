namespace ViCA.Native.Tokenizer;

/// <summary>
/// The classes of code points that the split pattern distinguishes. A code point of no class is a symbol.
/// </summary>
[Flags]
internal enum CharacterClass : byte
{
    Symbol = 0,
    Letter = 1,
    Number = 2,
    Space = 4,

    /// <summary>`\r` and `\n`; always with <see cref="Space"/>.</summary>
    LineEnd = 8,
}

/// <summary>Looks up the class of a code point.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] Classes = Build();

    public static CharacterClass Of(int codePoint) =>
        (uint)codePoint < (uint)Classes.Length ? Classes[codePoint] : CharacterClass.Symbol;

    private static CharacterClass[] Build()
    {
        int last = Math.Max(UnicodeClassTable.Letters[^1],
            Math.Max(UnicodeClassTable.Numbers[^1], UnicodeClassTable.Spaces[^1]));
        var classes = new CharacterClass[last + 1];
        Fill(classes, UnicodeClassTable.Letters, CharacterClass.Letter);
        Fill(classes, UnicodeClassTable.Numbers, CharacterClass.Number);
        Fill(classes, UnicodeClassTable.Spaces, CharacterClass.Space);
        classes['\r'] |= CharacterClass.LineEnd;
        classes['\n'] |= CharacterClass.LineEnd;
        return classes;
    }

    private static void Fill(CharacterClass[] classes, ReadOnlySpan<int> ranges, CharacterClass value)
    {
        for (int i = 0; i < ranges.Length; i += 2)
            classes.AsSpan(ranges[i]..(ranges[i + 1] + 1)).Fill(value);
    }
}
