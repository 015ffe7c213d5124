using System.Text;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Generation;

/// <summary>Texts that end an answer; the answer is cut before the first of them.</summary>
public sealed class StopStrings
{
    /// <summary>The most entries.</summary>
    public const int MaxCount = 4;

    /// <summary>The most bytes of UTF-8 of one entry.</summary>
    public const int MaxBytes = 256;

    private readonly string[] _texts;

    /// <exception cref="RequestException">
    /// Too many, empty or too long (`request_range`), or not well-formed (`request_encoding`).
    /// </exception>
    public StopStrings(IReadOnlyList<string> texts)
    {
        if (texts.Count > MaxCount)
            throw OutOfRange($"stop has {texts.Count} entries (expected at most {MaxCount})");
        for (int i = 0; i < texts.Count; i++)
        {
            int bytes = Encoding.UTF8.GetByteCount(texts[i]);
            if (bytes is 0 or > MaxBytes)
                throw OutOfRange($"stop[{i}] has {bytes} bytes (expected 1 to {MaxBytes})");
            WellFormedText.Require(texts[i], $"stop[{i}]");
        }
        _texts = [.. texts];
        MaxLength = _texts.Length == 0 ? 0 : _texts.Max(text => text.Length);
    }

    /// <summary>No stop strings.</summary>
    public static StopStrings None { get; } = new([]);

    /// <summary>UTF-16 units of the longest entry.</summary>
    internal int MaxLength { get; }

    /// <summary>Where the first stop string in <paramref name="text"/> begins, or -1.</summary>
    internal int Find(ReadOnlySpan<char> text)
    {
        int first = -1;
        foreach (string stop in _texts)
        {
            int index = text.IndexOf(stop, StringComparison.Ordinal);
            if (index >= 0 && (first < 0 || index < first))
                first = index;
        }
        return first;
    }

    /// <summary>How many units at the end of <paramref name="text"/> may be the beginning of a stop string.</summary>
    internal int PossibleStart(ReadOnlySpan<char> text)
    {
        for (int length = Math.Min(MaxLength - 1, text.Length); length > 0; length--)
        {
            foreach (string stop in _texts)
            {
                if (length < stop.Length && stop.AsSpan().StartsWith(text[^length..], StringComparison.Ordinal))
                    return length;
            }
        }
        return 0;
    }

    private static RequestException OutOfRange(string message) => new(ErrorCodes.RequestRange, message);
}
