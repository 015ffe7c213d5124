using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Where a JSON text is wrong, as byte offsets: what messages about model files name.</summary>
public static class JsonText
{
    /// <summary>The offset of the first byte that is not valid UTF-8, or -1.</summary>
    public static int FirstInvalidUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
            return -1;
        int offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
            offset += consumed;
        return offset;
    }

    /// <summary>The byte offset in <paramref name="text"/> that <paramref name="exception"/> speaks of.</summary>
    public static long OffsetOf(JsonException exception, ReadOnlySpan<byte> text)
    {
        int lineStart = 0;
        for (long line = exception.LineNumber ?? 0; line > 0; line--)
        {
            int newline = text[lineStart..].IndexOf((byte)'\n');
            if (newline < 0)
                break;
            lineStart += newline + 1;
        }
        return lineStart + (exception.BytePositionInLine ?? 0);
    }
}
