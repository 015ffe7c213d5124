using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>What stat says about a path, without opening it: an open of a FIFO would hang.</summary>
internal static unsafe partial class FileKind
{
    private const int CurrentDirectory = -100;
    private const uint TypeOnly = 1;
    private const int StructBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int NotPermitted = 1;
    private const int NotFound = 2;
    private const int AccessDenied = 13;
    private const int NotADirectory = 20;
    private const int NameTooLong = 36;

    /// <summary>
    /// Throws <see cref="MediaException"/> unless <paramref name="fullPath"/> is a regular file on a disk. Files of
    /// /proc and /sys call themselves regular but are windows into the kernel, so they are refused by their place.
    /// </summary>
    internal static void RequireRegularFile(string fullPath, string label)
    {
        byte* status = stackalloc byte[StructBytes];
        if (Statx(CurrentDirectory, fullPath, 0, TypeOnly, status) != 0)
            throw StatFault(Marshal.GetLastPInvokeError(), label);
        bool regular = (*(ushort*)(status + ModeOffset) & TypeMask) == RegularFile;
        if (!regular || IsKernelFile(fullPath))
            throw MediaLabel.Fault(label, ErrorCodes.MediaNotRegularFile, "input is not a regular file");
    }

    private static bool IsKernelFile(string fullPath)
    {
        string target = File.ResolveLinkTarget(fullPath, returnFinalTarget: true)?.FullName ?? fullPath;
        return target.StartsWith("/proc/", StringComparison.Ordinal)
            || target.StartsWith("/sys/", StringComparison.Ordinal);
    }

    private static MediaException StatFault(int error, string label) => error switch
    {
        NotFound or NotADirectory or NameTooLong =>
            MediaLabel.Fault(label, ErrorCodes.MediaNotFound, "no such file"),
        NotPermitted or AccessDenied =>
            MediaLabel.Fault(label, ErrorCodes.MediaUnreadable, "permission denied"),
        _ => MediaLabel.Fault(label, ErrorCodes.MediaNotRegularFile, "input is not a regular file"),
    };

    // The layout of struct statx is the same on all architectures, that of struct stat is not.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* status);
}
