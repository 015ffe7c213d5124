using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Cuda;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native;

/// <summary>Opens the device that a model's options ask for.</summary>
/// <param name="Device">The device; null for the processor.</param>
/// <param name="Notice">What a user should know about the choice, or null.</param>
internal sealed record DeviceChoice(GpuDevice? Device, string? Notice)
{
    /// <exception cref="EnvironmentException">There is no usable GPU (`env_cuda`).</exception>
    public static DeviceChoice Open(VicaDevice device)
    {
        if (device == VicaDevice.Cpu)
            return new DeviceChoice(null, null);
        if (device == VicaDevice.Emulator)
            return new DeviceChoice(new EmulatedDevice(), null);
        if (CudaDevice.TryCreate(0, out CudaDevice? cuda, out string reason))
            return new DeviceChoice(cuda, null);
        return device == VicaDevice.Auto
            ? new DeviceChoice(null, $"running on the processor: {reason}")
            : throw new EnvironmentException(ErrorCodes.EnvCuda, $"device cuda: {reason}");
    }
}
