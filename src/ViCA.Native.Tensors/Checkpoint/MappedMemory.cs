using System.Runtime.InteropServices;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>Hints to the system about mapped files.</summary>
internal static partial class MappedMemory
{
    private const int MadvWillNeed = 3;

    /// <summary>Starts reading ahead. A hint: what the system answers does not matter.</summary>
    public static void WillNeed(nint address, long byteLength)
    {
        if (OperatingSystem.IsLinux())
            _ = Advise(address, (nuint)byteLength, MadvWillNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
