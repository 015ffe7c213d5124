using System.Buffers.Binary;
using System.Text;

namespace ViCA.Native.Media.Video;

/// <summary>
/// Names the container by the first bytes of a file, so that libav never chooses among its 350 demuxers.
/// </summary>
internal static class ContainerSniffer
{
    private const string Unrecognized =
        "not a supported video container (MP4/MOV, Matroska/WebM, AVI, MPEG-TS, MPEG-PS, FLV)";

    private const uint EbmlMagic = 0x1A45DFA3;
    private const uint ProgramStreamPack = 0x000001BA;
    private const byte TransportSync = 0x47;
    private const int TransportPacketsToSee = 5;

    private static readonly string[] BoxTypes =
        ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp", "moof", "sidx"];

    private static readonly string[] StillImageBrands = ["heic", "heix", "heim", "heis", "mif1", "avif"];

    private static readonly string[] PlaylistStarts =
        ["#EXTM3U", "ffconcat version", "file '", "[playlist]", "<smil", "<asx", "v=0\n", "v=0\r"];

    /// <summary>Throws <see cref="MediaException"/>: playlist refused, not recognized.</summary>
    internal static ContainerFormat Recognize(ReadOnlySpan<byte> head, string label)
    {
        if (IsPlaylist(head))
            throw MediaLabel.Fault(label, ErrorCodes.MediaPlaylistRefused, "playlists are not accepted");
        return Find(head) ?? throw MediaLabel.Fault(label, ErrorCodes.MediaUnrecognized, Unrecognized);
    }

    private static ContainerFormat? Find(ReadOnlySpan<byte> head)
    {
        if (IsMp4(head))
            return ContainerFormat.Mp4;
        if (head.Length >= 12 && head[..4].SequenceEqual("RIFF"u8) && head.Slice(8, 3).SequenceEqual("AVI"u8))
            return ContainerFormat.Avi;
        if (head.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(head) == EbmlMagic)
            return ContainerFormat.Matroska;
        if (head.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(head) == ProgramStreamPack)
            return ContainerFormat.ProgramStream;
        if (head.StartsWith("FLV\u0001"u8))
            return ContainerFormat.Flv;
        return IsTransportStream(head) ? ContainerFormat.TransportStream : null;
    }

    private static bool IsMp4(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8)
            return false;
        string type = Encoding.Latin1.GetString(head.Slice(4, 4));
        if (!BoxTypes.Contains(type))
            return false;
        return type != "ftyp"
            || head.Length < 12
            || !StillImageBrands.Contains(Encoding.Latin1.GetString(head.Slice(8, 4)));
    }

    /// <summary>
    /// Plain packets have 188 bytes; those of Blu-ray 192 (the sync byte is the fifth), those with error correction
    /// 204. The first packet may be cut.
    /// </summary>
    private static bool IsTransportStream(ReadOnlySpan<byte> head)
    {
        foreach (int packetBytes in (ReadOnlySpan<int>)[188, 192, 204])
        {
            for (int start = 0; start < packetBytes; start++)
            {
                int packets = 0;
                while (packets < TransportPacketsToSee
                    && start + (packets * packetBytes) < head.Length
                    && head[start + (packets * packetBytes)] == TransportSync)
                    packets++;
                bool toTheEnd = start + (packets * packetBytes) >= head.Length;
                if (packets == TransportPacketsToSee || (packets >= 2 && toTheEnd))
                    return true;
            }
        }
        return false;
    }

    private static bool IsPlaylist(ReadOnlySpan<byte> head)
    {
        string text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (PlaylistStarts.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            return true;
        return text.StartsWith("<MPD", StringComparison.Ordinal)
            || (text.StartsWith("<?xml", StringComparison.Ordinal) && text.Contains("<MPD", StringComparison.Ordinal));
    }
}
