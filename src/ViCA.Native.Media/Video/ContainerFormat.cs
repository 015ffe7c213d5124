namespace ViCA.Native.Media.Video;

/// <summary>
/// An accepted container: how reports call it, and the one libav demuxer that may read it.
/// <see cref="MarksCuts"/>: a packet that is flagged as damaged at the end of the file means that the file was cut.
/// </summary>
internal sealed record ContainerFormat(string Name, string Demuxer, bool MarksCuts)
{
    internal static readonly ContainerFormat Mp4 = new("mp4", "mov", true);
    internal static readonly ContainerFormat Matroska = new("matroska", "matroska", true);
    internal static readonly ContainerFormat Avi = new("avi", "avi", true);
    internal static readonly ContainerFormat Flv = new("flv", "flv", true);
    internal static readonly ContainerFormat TransportStream = new("mpeg-ts", "mpegts", false);
    internal static readonly ContainerFormat ProgramStream = new("mpeg-ps", "mpeg", false);
}
