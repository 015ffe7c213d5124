namespace ViCA.Native.Tokenizer;

/// <summary>
/// GPT-2's alphabet, in which tokenizer files write bytes: each byte is one visible character, itself where that is
/// printable, else the next of those from U+0100.
/// </summary>
internal static class ByteAlphabet
{
    private const int NoByte = -1;

    private static readonly short[] Bytes = Build();

    /// <summary>
    /// Writes the bytes that a token's UTF-8 text stands for; -1 when a character is not of the alphabet.
    /// <paramref name="bytes"/> is at least as long as <paramref name="text"/>, which is valid UTF-8.
    /// </summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int codePoint = text[i];
            if (codePoint >= 0x80)
            {
                // Two bytes reach U+07FF; lead bytes of longer sequences give a code point outside the table.
                codePoint = codePoint < 0xE0 ? ((codePoint & 0x1F) << 6) | (text[++i] & 0x3F) : int.MaxValue;
            }
            if ((uint)codePoint >= (uint)Bytes.Length || Bytes[codePoint] == NoByte)
                return -1;
            bytes[length++] = (byte)Bytes[codePoint];
        }
        return length;
    }

    private static short[] Build()
    {
        short[] bytes = new short[0x144];
        bytes.AsSpan().Fill(NoByte);
        int hidden = 0x100;
        for (int value = 0; value < 256; value++)
        {
            bool visible = value is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            bytes[visible ? value : hidden++] = (short)value;
        }
        return bytes;
    }
}
