using System.Buffers.Binary;

namespace ViCA.Native.Media.Video;

/// <summary>
/// Compares the sizes that a container's outermost elements announce with the length of the file. libav reads a cut
/// file to its end without a word.
/// </summary>
internal static class ContainerLength
{
    private const uint Moov = 0x6D6F6F76;
    private const uint Moof = 0x6D6F6F66;
    private const uint Segment = 0x18538067;
    private const int RiffHeaderBytes = 8;

    /// <summary>Two boxes a fragment, ten fragments a second for an hour.</summary>
    private const int MaxBoxes = 72_000;

    /// <summary>
    /// Throws <see cref="MediaException"/> when the file ends before an element that cannot be missing does.
    /// </summary>
    internal static void RequireWhole(FileStream file, ContainerFormat container, string label)
    {
        if (container == ContainerFormat.Mp4)
            RequireIndex(file, label);
        else if (container == ContainerFormat.Matroska)
            RequireSegment(file, label);
        else if (container == ContainerFormat.Avi)
            RequireRiff(file, label);
    }

    /// <summary>Walks the top-level boxes; samples that are cut off inside mdat show later, packet by packet.</summary>
    private static void RequireIndex(FileStream file, string label)
    {
        Span<byte> header = stackalloc byte[16];
        bool indexed = false;
        long position = 0;
        for (int box = 0; box < MaxBoxes && position + 8 <= file.Length; box++)
        {
            int count = ReadAt(file, position, header);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
            ulong size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size == 1 && count == 16)
                size = BinaryPrimitives.ReadUInt64BigEndian(header[8..]);
            if (size == 0)
                size = (ulong)(file.Length - position);
            bool cut = size < 8 || size > (ulong)(file.Length - position);
            if (type is Moov or Moof && cut)
                throw Cut(label, position, size, file.Length);
            indexed |= type is Moov or Moof;
            if (cut)
                break;
            position += (long)size;
        }
        if (!indexed)
            throw MediaLabel.Fault(label, ErrorCodes.MediaTruncated, "index missing; the file looks cut off");
    }

    private static void RequireSegment(FileStream file, string label)
    {
        Span<byte> head = stackalloc byte[64];
        int count = ReadAt(file, 0, head);
        if (!TryReadSize(head[4..count], out ulong headerSize, out int headerLength) || headerSize > (ulong)file.Length)
            return;
        long position = 4 + headerLength + (long)headerSize;
        count = ReadAt(file, position, head);
        if (count < 12 || BinaryPrimitives.ReadUInt32BigEndian(head) != Segment)
            return;
        if (TryReadSize(head[4..count], out ulong size, out int sizeLength)
            && size > (ulong)Math.Max(0, file.Length - position - 4 - sizeLength))
            throw Cut(label, position + 4 + sizeLength, size, file.Length);
    }

    private static void RequireRiff(FileStream file, string label)
    {
        Span<byte> head = stackalloc byte[RiffHeaderBytes];
        if (ReadAt(file, 0, head) < RiffHeaderBytes)
            return;
        // Writers that were stopped leave 0 or all ones, which say nothing; some count the byte that pads an odd size.
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (size is not 0 and < uint.MaxValue - 1 && size + RiffHeaderBytes > file.Length + 1)
            throw Cut(label, RiffHeaderBytes, size, file.Length);
    }

    /// <summary>
    /// An EBML size: the leading zero bits of the first byte give its length; all ones means unknown.
    /// </summary>
    private static bool TryReadSize(ReadOnlySpan<byte> bytes, out ulong size, out int length)
    {
        size = 0;
        length = bytes.IsEmpty || bytes[0] == 0 ? 0 : int.LeadingZeroCount(bytes[0]) - 24 + 1;
        if (length == 0 || length > bytes.Length)
            return false;
        size = (ulong)(bytes[0] & ((1 << (8 - length)) - 1));
        for (int i = 1; i < length; i++)
            size = (size << 8) | bytes[i];
        return size != (1UL << (7 * length)) - 1;
    }

    private static int ReadAt(FileStream file, long position, Span<byte> bytes)
    {
        if (position >= file.Length)
            return 0;
        file.Position = position;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
    }

    private static MediaException Cut(string label, long start, ulong size, long length) => MediaLabel.Fault(
        label,
        ErrorCodes.MediaTruncated,
        $"the file looks cut off (expected {(UInt128)(ulong)start + size} bytes, found {length})");
}
