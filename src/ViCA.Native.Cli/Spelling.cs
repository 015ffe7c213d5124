namespace ViCA.Native.Cli;

/// <summary>Finds the name that a mistyped word probably means.</summary>
internal static class Spelling
{
    /// <summary>The nearest name, if up to three slips (half of the word at most) lead to it; else null.</summary>
    public static string? Nearest(string word, IEnumerable<string> names)
    {
        const int MaxWord = 64;
        if (word.Length > MaxWord)
            return null;
        (string Name, int Distance)[] ranked =
            [.. names.Select(name => (name, Distance(word, name))).OrderBy(pair => pair.Item2)];
        int allowed = Math.Clamp(word.TrimStart('-').Length / 2, 1, 3);
        return ranked is [var best, ..] && best.Distance <= allowed ? best.Name : null;
    }

    /// <summary>Levenshtein's distance, with an exchange of neighbours as one step.</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(change, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (exchanged)
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
