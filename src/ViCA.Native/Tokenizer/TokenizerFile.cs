using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ViCA.Native.Tokenizer;

/// <summary>Reads the tokenizer's files as wholes and says what is wrong with them.</summary>
internal static class TokenizerFile
{
    private const int MaxBytes = 64 << 20;

    /// <summary>The bytes of a file of at most 64 MiB that is valid UTF-8.</summary>
    public static byte[] Read(string folder, string name)
    {
        byte[] bytes = ReadBytes(folder, name);
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            throw BrokenJson(name, $"invalid UTF-8 at byte {FirstInvalid(bytes)}");
        return bytes;
    }

    /// <summary>The failure of a file whose JSON cannot be read.</summary>
    public static TokenizerException BrokenJson(string name, string what, Exception? cause = null) =>
        new(ErrorCodes.TokenizerJson, $"{name}: {what}", cause);

    /// <summary>The text of a JSON string or property name.</summary>
    public static string Text(ref Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // What the reader throws for an escaped surrogate without its other half.
            throw BrokenSurrogate(name, exception);
        }
    }

    /// <summary>
    /// The UTF-8 text of a JSON string or property name: a slice of the file, or of <paramref name="buffer"/> where
    /// escapes had to be replaced.
    /// </summary>
    public static ReadOnlySpan<byte> Utf8(ref Utf8JsonReader reader, string name, ref byte[] buffer)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (buffer.Length < reader.ValueSpan.Length)
            buffer = new byte[reader.ValueSpan.Length];
        try
        {
            return buffer.AsSpan(0, reader.CopyString(buffer));
        }
        catch (InvalidOperationException exception)
        {
            throw BrokenSurrogate(name, exception);
        }
    }

    private static TokenizerException BrokenSurrogate(string name, Exception cause) =>
        BrokenJson(name, "invalid JSON: a string has an unpaired surrogate", cause);

    private static byte[] ReadBytes(string folder, string name)
    {
        try
        {
            using FileStream stream = File.OpenRead(Path.Combine(folder, name));
            if (stream.Length > MaxBytes)
            {
                string size = $"{name}: file is too large (expected at most {MaxBytes} bytes, found {stream.Length})";
                throw new TokenizerException(ErrorCodes.TokenizerMissing, size);
            }
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TokenizerException(ErrorCodes.TokenizerMissing, $"{name} not found", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException(ErrorCodes.TokenizerMissing, $"{name} cannot be read", exception);
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out int length) == OperationStatus.Done)
            offset += length;
        return offset;
    }
}
