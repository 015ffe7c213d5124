namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Files that often lie where weights are expected, known by their first bytes.</summary>
internal static class ForeignFile
{
    /// <summary>Throws `weights_not_safetensors` when the file is of a kind that is known.</summary>
    public static void ThrowIfKnown(ReadOnlySpan<byte> start, string fileName)
    {
        if (Recognize(start) is { } what)
            throw new WeightsFormatException(ErrorCodes.WeightsNotSafetensors, $"{fileName}: {what}");
    }

    /// <summary>The refusal of pickle files, whose loading would run code.</summary>
    public const string Pickle = "pickle files are never loaded; convert the model to safetensors";

    private static string? Recognize(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("version https://git-lfs"u8))
            return "is a Git LFS pointer, not weights; run `git lfs pull`";
        if (start.StartsWith("PK\u0003\u0004"u8) || start is [0x80, >= 2 and <= 5, ..])
            return Pickle;
        if (start.StartsWith("GGUF"u8))
            return "is a GGUF file, not safetensors";
        ReadOnlySpan<byte> text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        if (StartsWithIgnoreCase(text, "<!doctype"u8) || StartsWithIgnoreCase(text, "<html"u8))
            return "is an HTML page, not weights; download the file again";
        return null;
    }

    private static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length >= prefix.Length && System.Text.Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix);
}
