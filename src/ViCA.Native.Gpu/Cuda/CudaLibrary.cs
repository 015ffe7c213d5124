using System.Reflection;
using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>The NVIDIA driver's library, loaded once for the process and at first use.</summary>
public static unsafe class CudaLibrary
{
    // The lowest `.version` for sm_90a is 8.0, which came with CUDA 12.0, as did tensor maps.
    private const int OldestVersion = 12_000;

    private static readonly Lock Gate = new();
    private static string? _path;
    private static nint _handle;

    /// <summary>Whether there is a usable driver with at least one GPU; else one line that says why not.</summary>
    public static bool TryLoad(out string reason) => TryLoad(CudaDriver.Library, out reason);

    /// <summary>The CUDA version that the driver supports, 1000 · major + 10 · minor. After TryLoad only.</summary>
    public static int DriverVersion
    {
        get
        {
            int version;
            CudaCheck.Ok(CudaDriver.cuDriverGetVersion(&version));
            return version;
        }
    }

    /// <summary>How many GPUs the driver shows. After TryLoad only.</summary>
    public static int DeviceCount
    {
        get
        {
            int count;
            CudaCheck.Ok(CudaDriver.cuDeviceGetCount(&count));
            return count;
        }
    }

    /// <summary>A driver version as people write it.</summary>
    public static string VersionText(int version) => $"{version / 1000}.{version % 1000 / 10}";

    /// <summary>As the public one, from the file <paramref name="path"/>.</summary>
    /// <exception cref="InvalidOperationException">Another file has been loaded: calls are bound to it for good.</exception>
    internal static bool TryLoad(string path, out string reason)
    {
        lock (Gate)
        {
            if (_path != path && !TryBind(path, out reason))
                return false;
        }

        return TryStart(out reason);
    }

    private static bool TryBind(string path, out string reason)
    {
        if (!NativeLibrary.TryLoad(path, out nint handle))
        {
            reason = $"{Path.GetFileName(path)} not found: no NVIDIA driver on this machine";
            return false;
        }

        if (_path is not null)
            throw new InvalidOperationException($"{_path} has been loaded; {path} cannot take its place");
        _handle = handle;
        _path = path;
        NativeLibrary.SetDllImportResolver(typeof(CudaLibrary).Assembly, Resolve);
        reason = "";
        return true;
    }

    private static bool TryStart(out string reason)
    {
        int version;
        int result = CudaDriver.cuDriverGetVersion(&version);
        if (result == CudaResult.Success && version < OldestVersion)
        {
            reason = $"the NVIDIA driver supports CUDA {VersionText(version)} (needs {VersionText(OldestVersion)}); "
                + "update the driver";
            return false;
        }

        if (result == CudaResult.Success)
            result = CudaDriver.cuInit(0);
        int count = 0;
        if (result == CudaResult.Success)
            result = CudaDriver.cuDeviceGetCount(&count);
        reason = result == CudaResult.Success || result == CudaResult.NoDevice
            ? "no CUDA device: the NVIDIA driver shows none"
            : $"the NVIDIA driver does not start: {CudaCheck.Sentence(result)} ({CudaCheck.Name(result)}, {result})";
        if (count == 0)
            return false;
        reason = "";
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == CudaDriver.Library ? _handle : 0;
}
