using System.Text;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Text of files and users as messages may show it: at most 80 characters, no control characters.</summary>
public static class PrintableText
{
    private const int MaxLength = 80;

    /// <summary>
    /// <paramref name="text"/> with control, format and surrogate characters replaced by `?`, cut to 80 characters with
    /// the middle left out.
    /// </summary>
    public static string Clip(string text)
    {
        const int HeadLength = 48;
        const int TailLength = MaxLength - HeadLength - 1;
        if (text.Length > MaxLength)
            text = $"{text.AsSpan(0, HeadLength)}…{text.AsSpan(text.Length - TailLength)}";
        StringBuilder? builder = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (IsPrintable(text[i]))
                continue;
            builder ??= new StringBuilder(text);
            builder[i] = '?';
        }
        return builder?.ToString() ?? text;
    }

    /// <summary>Text of a file as bytes: UTF-8, invalid parts replaced, clipped before it is decoded.</summary>
    public static string Clip(ReadOnlySpan<byte> utf8) =>
        Clip(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * MaxLength)]));

    /// <summary>
    /// The first 20 of <paramref name="items"/>, comma separated, with an ellipsis when there are more.
    /// </summary>
    public static string List(IReadOnlyList<string> items)
    {
        const int Shown = 20;
        string text = string.Join(", ", items.Take(Shown));
        return items.Count > Shown ? text + ", …" : text;
    }

    /// <summary>A shape as messages show it: `[18944,3584]`.</summary>
    public static string Shape(IEnumerable<long> shape) => $"[{string.Join(',', shape)}]";

    private static bool IsPrintable(char c) => char.GetUnicodeCategory(c) is not (
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.Surrogate or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator);
}
