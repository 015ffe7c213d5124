using System.Buffers.Binary;
using System.IO.Compression;

namespace ViCA.Native.Media.Image;

/// <summary>
/// Writes PNG files (ISO/IEC 15948): 8-bit RGB, not interlaced, each row filtered by the row above it.
/// </summary>
public static class PngWriter
{
    private const int Channels = 3;
    private const int HeaderBytes = 13;
    private const byte BitDepth = 8;
    private const byte ColourTypeRgb = 2;
    private const byte FilterUp = 2;
    private const uint CrcPolynomial = 0xEDB88320;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOfByte)];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes [height, width, 3] bytes, tightly packed.</summary>
    public static void Write(Stream destination, ReadOnlySpan<byte> rgb, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, width * height * Channels, nameof(rgb));
        destination.Write(Signature);
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = BitDepth;
        header[9] = ColourTypeRgb;
        header[10..].Clear();
        WriteChunk(destination, "IHDR"u8, header);
        WriteChunk(destination, "IDAT"u8, Compress(rgb, width * Channels));
        WriteChunk(destination, "IEND"u8, []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> rgb, int rowBytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] filtered = new byte[rowBytes + 1];
            filtered[0] = FilterUp;
            ReadOnlySpan<byte> above = new byte[rowBytes];
            for (int start = 0; start < rgb.Length; start += rowBytes)
            {
                ReadOnlySpan<byte> row = rgb.Slice(start, rowBytes);
                for (int i = 0; i < rowBytes; i++)
                    filtered[i + 1] = (byte)(row[i] - above[i]);
                zlib.Write(filtered);
                above = row;
            }
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(Stream destination, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        destination.Write(number);
        destination.Write(type);
        destination.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        destination.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcOfByte(int value)
    {
        uint crc = (uint)value;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? CrcPolynomial ^ (crc >> 1) : crc >> 1;
        return crc;
    }
}
