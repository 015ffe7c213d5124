namespace ViCA.Native.Generation;

/// <summary>White space as Python's `str` has it, since the reference strips its answers in Python.</summary>
public static class PythonText
{
    /// <summary>`text.strip()`.</summary>
    public static string Strip(string text) => Strip(text.AsSpan()).ToString();

    /// <summary>`text.strip()`, as a slice.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    /// <summary>
    /// `character.isspace()`: Unicode's white space and U+001C to U+001F, which .NET does not count. None lies outside
    /// the BMP.
    /// </summary>
    public static bool IsSpace(char character) =>
        character is (>= '\u001C' and <= '\u001F') || char.IsWhiteSpace(character);
}
