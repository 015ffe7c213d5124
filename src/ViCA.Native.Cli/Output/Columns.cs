namespace ViCA.Native.Cli.Output;

/// <summary>Plain text in columns: the same in a terminal, a pipe and a file.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    /// <summary>
    /// Writes rows with all columns as wide as their widest cell. <paramref name="rightAligned"/> names columns of
    /// numbers.
    /// </summary>
    public static void Write(TextWriter output, IReadOnlyList<string[]> rows, params int[] rightAligned)
    {
        int count = rows.Count == 0 ? 0 : rows.Max(row => row.Length);
        int[] widths = [.. Enumerable.Range(0, count).Select(column =>
            rows.Where(row => row.Length > column).Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => rightAligned.Contains(column)
                ? cell.PadLeft(widths[column])
                : cell.PadRight(widths[column]));
            output.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }

    /// <summary>A text as lines of at most <paramref name="width"/> characters, cut between words.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
                continue;
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
