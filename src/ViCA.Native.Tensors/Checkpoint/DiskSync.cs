using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Waits until files and names are on the disk, so that no crash of the machine takes them back.</summary>
public static partial class DiskSync
{
    private const int ReadOnly = 0;
    private const int AccessDenied = 13;
    private const int InvalidArgument = 22;

    /// <summary>The content of a file. Throws <see cref="IOException"/>.</summary>
    public static void File(string path)
    {
        using SafeFileHandle handle = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>The names in a folder. The runtime has no call for it. Throws <see cref="IOException"/>.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(path, ReadOnly);
        int error = Marshal.GetLastPInvokeError();

        // A folder that may be written but not listed cannot be waited for; its new name is there all the same.
        if (descriptor < 0 && error == AccessDenied)
            return;
        if (descriptor < 0)
            throw Failure(path, error);
        int result = Fsync(descriptor);
        error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        // Some file systems keep no folders of their own and say that there is nothing to wait for.
        if (result != 0 && error != InvalidArgument)
            throw Failure(path, error);
    }

    private static IOException Failure(string path, int error) =>
        new($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
