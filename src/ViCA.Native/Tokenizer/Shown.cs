using System.Text;

namespace ViCA.Native.Tokenizer;

/// <summary>Text of a file in a message: quoted, without control characters, at most 80 characters.</summary>
internal static class Shown
{
    private const int MaxLength = 80;

    public static string Text(ReadOnlySpan<byte> utf8) =>
        Text(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxLength * 4)]));

    public static string Text(string text)
    {
        var shown = new StringBuilder("'");
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (count++ == MaxLength)
            {
                shown.Append('…');
                break;
            }
            if (Rune.IsControl(rune))
                shown.Append('\uFFFD');
            else
                shown.Append(rune);
        }
        return shown.Append('\'').ToString();
    }
}
