using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>What a check ran on.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="ComputeCapability">As `9.0`; null of the emulator, like all that follows.</param>
/// <param name="Driver">The driver's own version line; null where the system does not show it.</param>
/// <param name="Cuda">The CUDA version that the driver supports.</param>
/// <param name="Multiprocessors">Streaming multiprocessors.</param>
/// <param name="MemoryBytesPerSecond">By memory clock and bus width; null where the driver does not say them.</param>
/// <param name="OperationsPerSecond">Float32 multiply-adds at the highest clock, two operations each; null as above.</param>
internal sealed record CheckedDevice(
    string Name,
    string? ComputeCapability = null,
    string? Driver = null,
    string? Cuda = null,
    int? Multiprocessors = null,
    double? MemoryBytesPerSecond = null,
    double? OperationsPerSecond = null)
{
    private const string DriverFile = "/proc/driver/nvidia/version";

    /// <summary>The emulator.</summary>
    public static CheckedDevice Emulator { get; } = new("PTX emulator");

    /// <summary>A GPU; after <see cref="CudaLibrary.TryLoad(out string)"/> only.</summary>
    public static CheckedDevice Of(CudaDeviceInfo info)
    {
        double memory = 2e3 * info.MemoryClockKilohertz * info.MemoryBusBits / 8;
        // CUDA C++ Programming Guide, arithmetic instructions: 64 lanes in 8.0, 128 in all later ones.
        int lanes = (info.Major, info.Minor) == (8, 0) ? 64 : 128;
        double operations = 2e3 * info.ClockKilohertz * info.Multiprocessors * lanes;
        return new CheckedDevice(
            info.Name,
            $"{info.Major}.{info.Minor}",
            File.Exists(DriverFile) ? File.ReadLines(DriverFile).FirstOrDefault() : null,
            CudaLibrary.VersionText(CudaLibrary.DriverVersion),
            info.Multiprocessors,
            memory > 0 ? memory : null,
            operations > 0 ? operations : null);
    }

    /// <summary>Which peak a case is closest to, and its share of it, 0 to 1; null where it is not known.</summary>
    public (string Peak, double Share)? ShareOf(CaseResult result)
    {
        if (result.Microseconds is not > 0)
            return null;
        double seconds = result.Microseconds.Value / 1e6;
        double? memory = result.Bytes / seconds / MemoryBytesPerSecond;
        double? arithmetic = result.Operations / seconds / OperationsPerSecond;
        return (memory, arithmetic) switch
        {
            (null, null) => null,
            ({ } share, var other) when other is null || share >= other => ("memory", share),
            var (_, share) => ("fp32 FMA", share!.Value),
        };
    }

    /// <summary>The name as a part of a file name.</summary>
    public string FileName => string.Join('-', Name.ToLowerInvariant().Split(
        [.. Name.ToLowerInvariant().Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries));
}
