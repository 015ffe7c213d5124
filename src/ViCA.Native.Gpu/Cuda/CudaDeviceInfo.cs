using System.Text;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>What the driver says about one GPU.</summary>
/// <param name="Ordinal">Its number, from 0, among those that the driver shows.</param>
/// <param name="Name">The product's name.</param>
/// <param name="Major">Compute capability, before the dot.</param>
/// <param name="Minor">Compute capability, after the dot.</param>
/// <param name="TotalBytes">Global memory.</param>
/// <param name="Multiprocessors">Streaming multiprocessors.</param>
/// <param name="SharedBytesPerBlock">The most shared memory that a block can ask for.</param>
/// <param name="SharedBytesPerMultiprocessor">Shared memory of one multiprocessor.</param>
/// <param name="L2Bytes">Second-level cache.</param>
/// <param name="ClockKilohertz">The multiprocessors' highest clock.</param>
/// <param name="MemoryClockKilohertz">The memory's highest clock.</param>
/// <param name="MemoryBusBits">Width of the memory bus.</param>
public sealed record CudaDeviceInfo(
    int Ordinal,
    string Name,
    int Major,
    int Minor,
    long TotalBytes,
    int Multiprocessors,
    int SharedBytesPerBlock,
    int SharedBytesPerMultiprocessor,
    int L2Bytes,
    int ClockKilohertz,
    int MemoryClockKilohertz,
    int MemoryBusBits)
{
    private const int NameBytes = 256;

    /// <summary>Whether our kernels can run on it: compute capability 8.0 or later.</summary>
    public bool Supported => Major >= 8;

    /// <summary>The target that its PTX is made for: sm_90a has instructions that no later chip has.</summary>
    public GpuTarget Target => (Major, Minor) == (9, 0) ? GpuTarget.Sm90a : GpuTarget.Sm80;

    /// <summary>The GPUs that the driver shows. After <see cref="CudaLibrary.TryLoad(out string)"/> only.</summary>
    public static IReadOnlyList<CudaDeviceInfo> All()
    {
        CudaDeviceInfo[] devices = new CudaDeviceInfo[CudaLibrary.DeviceCount];
        for (int ordinal = 0; ordinal < devices.Length; ordinal++)
            devices[ordinal] = Read(ordinal);
        return devices;
    }

    internal static unsafe CudaDeviceInfo Read(int ordinal)
    {
        int device;
        CudaCheck.Ok(CudaDriver.cuDeviceGet(&device, ordinal));
        byte* name = stackalloc byte[NameBytes];
        CudaCheck.Ok(CudaDriver.cuDeviceGetName(name, NameBytes, device));
        nuint totalBytes;
        CudaCheck.Ok(CudaDriver.cuDeviceTotalMem(&totalBytes, device));
        ReadOnlySpan<byte> text = new(name, NameBytes);
        int length = text.IndexOf((byte)0);
        return new CudaDeviceInfo(
            ordinal,
            Encoding.UTF8.GetString(length < 0 ? text : text[..length]),
            Attribute(device, DeviceAttribute.ComputeCapabilityMajor),
            Attribute(device, DeviceAttribute.ComputeCapabilityMinor),
            (long)totalBytes,
            Attribute(device, DeviceAttribute.Multiprocessors),
            Attribute(device, DeviceAttribute.SharedBytesPerBlockOptIn),
            Attribute(device, DeviceAttribute.SharedBytesPerMultiprocessor),
            Attribute(device, DeviceAttribute.L2Bytes),
            Attribute(device, DeviceAttribute.ClockKilohertz),
            Attribute(device, DeviceAttribute.MemoryClockKilohertz),
            Attribute(device, DeviceAttribute.MemoryBusBits));
    }

    private static unsafe int Attribute(int device, DeviceAttribute attribute)
    {
        int value;
        CudaCheck.Ok(CudaDriver.cuDeviceGetAttribute(&value, attribute, device));
        return value;
    }
}
