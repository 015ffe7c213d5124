using System.Buffers;
using System.Text;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// Decodes ids one by one. Bytes that later ids can complete to a character are held back; the pieces joined, the last
/// one from <see cref="Flush"/> included, equal <see cref="BpeTokenizer.Decode"/> of all ids. Not for concurrent use.
/// </summary>
/// <param name="tokenizer">Gives the bytes of ids.</param>
/// <param name="skipSpecial">Whether special tokens are left out instead of written as their text.</param>
public sealed class StreamDecoder(BpeTokenizer tokenizer, bool skipSpecial = true)
{
    private readonly ArrayBufferWriter<byte> _pending = new();
    private readonly StringBuilder _text = new();

    /// <summary>The text that can be sent now that <paramref name="id"/> has come; often empty.</summary>
    public string Add(int id)
    {
        _pending.Write(tokenizer.BytesToDecode(id, skipSpecial));
        ReadOnlySpan<byte> rest = _pending.WrittenSpan;
        _text.Clear();
        while (!rest.IsEmpty)
        {
            // Gives U+FFFD for a part that nothing can complete.
            if (Rune.DecodeFromUtf8(rest, out Rune rune, out int length) == OperationStatus.NeedMoreData)
                break;
            _text.Append(rune);
            rest = rest[length..];
        }
        Keep(rest);
        return _text.ToString();
    }

    /// <summary>The rest at the end of the stream: U+FFFD for an incomplete character, else nothing.</summary>
    public string Flush()
    {
        bool isIncomplete = _pending.WrittenCount > 0;
        _pending.ResetWrittenCount();
        return isIncomplete ? "\uFFFD" : "";
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        Span<byte> kept = stackalloc byte[4];
        rest.CopyTo(kept);
        _pending.ResetWrittenCount();
        _pending.Write(kept[..rest.Length]);
    }
}
