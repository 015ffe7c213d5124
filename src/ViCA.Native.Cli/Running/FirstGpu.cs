using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Cli.Running;

/// <summary>The GPU that `--device cuda` means.</summary>
internal static class FirstGpu
{
    /// <summary>Opens the first GPU.</summary>
    /// <exception cref="EnvironmentException">There is no usable one (`env_cuda`).</exception>
    public static CudaDevice Open() => CudaDevice.TryCreate(0, out CudaDevice? device, out string reason)
        ? device
        : throw Missing(reason);

    /// <summary>What the driver says about the first GPU, which stays free for other processes.</summary>
    /// <exception cref="EnvironmentException">There is no usable one (`env_cuda`).</exception>
    public static CudaDeviceInfo Look()
    {
        if (!CudaLibrary.TryLoad(out string reason))
            throw Missing(reason);
        CudaDeviceInfo first = CudaDeviceInfo.All()[0];
        return first.Supported
            ? first
            : throw Missing($"{first.Name} has compute capability {first.Major}.{first.Minor} (needs 8.0 or later)");
    }

    private static EnvironmentException Missing(string reason) => new(
        ErrorCodes.EnvCuda, $"--device cuda: {reason}; --device emulator needs no GPU");
}
