using System.Globalization;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Room on the disk that a file will be written to.</summary>
public static class DiskSpace
{
    private const int UnixNoSpace = 28;
    private const int WindowsDiskFull = 112;

    /// <summary>
    /// Throws <see cref="ResourceException"/> `resource_disk` when the disk of an existing folder has less than
    /// <paramref name="bytes"/> free. <paramref name="subject"/> is what would be written.
    /// </summary>
    public static void Require(string folder, long bytes, string subject)
    {
        long free;
        try
        {
            free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Some file systems do not say. The write itself still reports a full disk.
            return;
        }
        if (free < bytes)
            throw Full(subject, $"(expected {Format(bytes)} free, found {Format(free)})");
    }

    /// <summary>Whether a write failed because the disk is full.</summary>
    public static bool IsFull(IOException exception) => (exception.HResult & 0xFFFF) is UnixNoSpace or WindowsDiskFull;

    /// <summary>The error of a disk that is full. <paramref name="figures"/> says what was expected, in brackets.</summary>
    public static ResourceException Full(string subject, string figures, Exception? inner = null) =>
        new(ErrorCodes.ResourceDisk, $"{PrintableText.Clip(subject)}: not enough disk space {figures}", inner);

    /// <summary>A size for people: `16.06 GB`, in powers of ten.</summary>
    public static string Format(long bytes)
    {
        ReadOnlySpan<string> units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"];
        double value = bytes;
        int unit = 0;
        for (; value >= 999.995 && unit < units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {units[unit]}");
    }
}
