using System.Text;

namespace ViCA.Native.Media.Video;

/// <summary>How a message names a file: as the caller did, at most 80 printable characters.</summary>
internal static class MediaLabel
{
    private const int MaxCharacters = 80;

    internal static string Of(string path)
    {
        StringBuilder label = new();
        foreach (Rune rune in path.EnumerateRunes())
        {
            label.Append(Rune.IsControl(rune) || rune == Rune.ReplacementChar ? "?" : rune.ToString());
            if (label.Length > MaxCharacters)
                return label.ToString(0, MaxCharacters - 1) + "…";
        }
        return label.ToString();
    }

    internal static MediaException Fault(string label, string code, string text, Exception? cause = null) =>
        new(code, $"{label}: {text}", cause);
}
