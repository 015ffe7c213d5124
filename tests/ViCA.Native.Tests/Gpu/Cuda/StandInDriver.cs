using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Gpu.Cuda;

/// <summary>
/// A libcuda.so.1 of managed functions. It shows what arrives on the other side of the calls: names of the symbols,
/// sizes and offsets of structures, the order of the calls, how results become exceptions. It knows nothing of GPUs,
/// so it says nothing about whether one would work.
/// </summary>
internal static unsafe partial class StandInDriver
{
    private static readonly Lazy<(string? Path, string Reason)> Library = new(Load);

    /// <summary>The calls so far, without their versions; cuCtxSetCurrent and error texts are left out.</summary>
    public static List<string> Calls { get; } = [];

    /// <summary>Results that functions give instead of working, by name.</summary>
    public static Dictionary<string, int> Failures { get; } = [];

    /// <summary>Starts over and opens GPU 0; skips the test where the stand-in cannot be.</summary>
    public static CudaContext Open(CubinCache? cache = null)
    {
        string path = Reset();
        Assert.True(CudaContext.TryCreate(path, 0, cache, out CudaContext? context, out string reason), reason);
        Calls.Clear();
        return context;
    }

    /// <summary>Starts over; the file to load. Skips the test where the stand-in cannot be.</summary>
    public static string Reset()
    {
        Skip.If(Library.Value.Path is null, Library.Value.Reason);
        Calls.Clear();
        Failures.Clear();
        Launches.Clear();
        Attributes.Clear();
        Entry = "kernel";
        OnLaunch = null;
        Version = 12_040;
        Devices = 1;
        ComputeCapability = (9, 0);
        RejectsCubins = false;
        LinkerWorks = true;
        return Library.Value.Path!;
    }

    private static (string? Path, string Reason) Load()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return (null, "the stand-in driver is machine code of Linux on x86-64");
        if (NativeLibrary.TryLoad(CudaDriver.Library, out _))
            return (null, "this machine has a driver of its own, and a process is bound to one");

        (string Name, nint Function)[] exports = Exports();
        string path = Path.Combine(Directory.CreateTempSubdirectory("vica-stand-in-").FullName, "libcuda-stand-in.so");
        File.WriteAllBytes(path, ElfSharedObject.Build([.. exports.Select(export => export.Name)]));
        nint* table = (nint*)NativeLibrary.GetExport(NativeLibrary.Load(path), ElfSharedObject.TableSymbol);
        for (int i = 0; i < exports.Length; i++)
            table[i] = exports[i].Function;
        // The loader has mapped it; the file itself may go when the process ends.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(path)!, true);
        return (path, "");
    }

    /// <summary>Notes a call; the result that the test wants of it, or whether the thread has a context.</summary>
    private static int Enter(bool needsContext = true, [CallerMemberName] string name = "")
    {
        Calls.Add(name);
        if (Failures.TryGetValue(name, out int failure))
            return failure;
        return needsContext && _current != ContextHandle ? InvalidContext : 0;
    }

    private static string Text(byte* text) =>
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <summary>Bytes that stay where they are for good, with a zero at the end.</summary>
    private static byte* Permanent(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text + '\0');
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
