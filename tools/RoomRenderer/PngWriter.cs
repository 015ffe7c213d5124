using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace RoomRenderer;

/// <summary>Writes each frame as a PNG file (8-bit RGB, no filter) into a folder: 00000.png, 00001.png, …</summary>
internal sealed class PngWriter : IFrameWriter
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcEntry)];

    private readonly string _folder;
    private readonly int _width;
    private readonly int _height;
    private int _count;

    public PngWriter(string folder, int width, int height)
    {
        (_folder, _width, _height) = (folder, width, height);
        Directory.CreateDirectory(folder);
    }

    public void Write(byte[] rgb)
    {
        var name = _count++.ToString("D5", CultureInfo.InvariantCulture) + ".png";
        using var file = File.Create(Path.Combine(_folder, name));
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, _width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), _height);
        (header[8], header[9]) = (8, 2);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(rgb));
        WriteChunk(file, "IEND"u8, []);
    }

    public void Finish()
    {
    }

    public void Dispose()
    {
    }

    private byte[] Compress(byte[] rgb)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            for (var y = 0; y < _height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(rgb, y * _width * 3, _width * 3);
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(FileStream file, ReadOnlySpan<byte> type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), content));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcEntry(int value)
    {
        var entry = (uint)value;
        for (var bit = 0; bit < 8; bit++)
            entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ 0xEDB88320u;
        return entry;
    }
}
