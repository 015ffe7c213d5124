namespace ViCA.Native.Media.Video;

/// <summary>
/// A file that has passed the checks that need no libav: it is a regular file, and its first bytes are those of one
/// accepted container.
/// </summary>
internal sealed record MediaFile(string FullPath, string Label, ContainerFormat Container)
{
    private const int HeadBytes = 4096;

    /// <summary>
    /// Throws <see cref="MediaException"/>: not found, not regular, unreadable, playlist, not recognized, truncated.
    /// </summary>
    internal static MediaFile Open(string path)
    {
        string label = MediaLabel.Of(path);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw MediaLabel.Fault(label, ErrorCodes.MediaNotFound, "no such file");
        string fullPath = Path.GetFullPath(path);
        FileKind.RequireRegularFile(fullPath, label);
        try
        {
            const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;
            using FileStream file = new(fullPath, FileMode.Open, FileAccess.Read, Sharing);
            byte[] head = new byte[HeadBytes];
            int count = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
            ContainerFormat container = ContainerSniffer.Recognize(head.AsSpan(0, count), label);
            ContainerLength.RequireWhole(file, container, label);
            return new MediaFile(fullPath, label, container);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MediaLabel.Fault(label, ErrorCodes.MediaUnreadable, "the file cannot be read", error);
        }
    }
}
