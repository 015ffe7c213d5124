using System.Reflection;
using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>Finds the four libav libraries, once for the process, and chooses the structure layout.</summary>
internal static unsafe class LibavLibraries
{
    private const string Packages = "apt-get install libavformat59 libavcodec59 libavutil57 libswscale6";

    private static readonly Library[] Wanted =
    [
        new(LibavImports.Format, "libavformat", 59, "avformat_version"),
        new(LibavImports.Codec, "libavcodec", 59, "avcodec_version"),
        new(LibavImports.Util, "libavutil", 57, "avutil_version"),
        new(LibavImports.Scale, "libswscale", 6, "swscale_version"),
    ];

    private static readonly Dictionary<string, nint> Handles = [];

    private static readonly Lazy<LibavVersions> Loaded = new(LoadForProcess);

    internal static LibavVersions Versions => Loaded.Value;

    /// <summary>
    /// The layout of the loaded version. Throws <see cref="EnvironmentException"/> where libav is not usable.
    /// </summary>
    internal static LibavLayout Require()
    {
        if (Loaded.Value.Problem is { } problem)
            throw new EnvironmentException(ErrorCodes.EnvLibav, problem);
        return LibavLayout.Version59;
    }

    /// <summary>
    /// The versions that <paramref name="load"/> (file name → handle, 0 when it is not there) finds, and their
    /// handles by import name in <paramref name="handles"/>.
    /// </summary>
    internal static LibavVersions Probe(Func<string, nint> load, Dictionary<string, nint> handles)
    {
        string?[] versions = new string?[Wanted.Length];
        string? problem = null;
        for (int i = 0; i < Wanted.Length; i++)
        {
            Library library = Wanted[i];
            nint handle = load($"{library.Name}.so.{library.Major}");
            if (handle == 0)
            {
                problem ??= Missing(library, load);
                continue;
            }
            nint function = NativeLibrary.GetExport(handle, library.VersionFunction);
            uint version = ((delegate* unmanaged[Cdecl]<uint>)function)();
            versions[i] = $"{version >> 16}.{(version >> 8) & 255}.{version & 255}";
            if (version >> 16 != library.Major)
                problem ??= $"{library.Name} {library.Major} not found (found {version >> 16}); {Packages}";
            handles[library.ImportName] = handle;
        }
        return new LibavVersions(versions[0], versions[1], versions[2], versions[3], problem);
    }

    private static LibavVersions LoadForProcess()
    {
        LibavVersions versions = Probe(
            static file => NativeLibrary.TryLoad(file, out nint handle) ? handle : 0, Handles);
        if (!versions.Usable)
            return versions;
        NativeLibrary.SetDllImportResolver(typeof(LibavLibraries).Assembly, Resolve);
        LibavImports.av_log_set_level(LibavConstants.LogQuiet);
        return versions;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        Handles.GetValueOrDefault(name);

    private static string Missing(Library library, Func<string, nint> load)
    {
        for (int major = library.Major - 2; major <= library.Major + 6; major++)
        {
            if (major != library.Major && load($"{library.Name}.so.{major}") != 0)
                return $"{library.Name} {library.Major} not found (found {major}); {Packages}";
        }
        return $"{library.Name} {library.Major} not found; {Packages}";
    }

    private readonly record struct Library(string ImportName, string Name, int Major, string VersionFunction);
}
