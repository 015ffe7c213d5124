using System.Reflection;
using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Cuda;

namespace ViCA.Native.Tests.Gpu.Cuda;

[Collection(StandInGroup.Name)]
public sealed class CudaLibraryTests
{
    [Fact]
    public void Says_ThatThereIsNoDriver()
    {
        Assert.False(CudaLibrary.TryLoad("/nowhere/libcuda.so.1", out string reason));
        Assert.Equal("libcuda.so.1 not found: no NVIDIA driver on this machine", reason);
    }

    [SkippableFact]
    public void Says_ThatThereIsNoDriver_WhenAsksForAContext()
    {
        Skip.If(NativeLibrary.TryLoad(CudaDriver.Library, out _), "this machine has an NVIDIA driver");

        Assert.False(CudaContext.TryCreate(0, out CudaContext? context, out string reason));
        Assert.Null(context);
        Assert.Equal("libcuda.so.1 not found: no NVIDIA driver on this machine", reason);
    }

    [SkippableFact]
    public void Says_ThatThereIsNoDevice()
    {
        string path = StandInDriver.Reset();
        StandInDriver.Devices = 0;

        Assert.False(CudaLibrary.TryLoad(path, out string reason));
        Assert.Equal("no CUDA device: the NVIDIA driver shows none", reason);
    }

    [SkippableFact]
    public void Says_ThatThereIsNoDevice_WhenTheDriverDoesNotStartForThat()
    {
        string path = StandInDriver.Reset();
        StandInDriver.Failures["cuInit"] = 100;

        Assert.False(CudaLibrary.TryLoad(path, out string reason));
        Assert.Equal("no CUDA device: the NVIDIA driver shows none", reason);
    }

    [SkippableFact]
    public void Says_WhyTheDriverDoesNotStart()
    {
        string path = StandInDriver.Reset();
        StandInDriver.Failures["cuInit"] = 803;

        Assert.False(CudaLibrary.TryLoad(path, out string reason));
        Assert.Equal("the NVIDIA driver does not start: sentence 803 (CUDA_ERROR_803, 803)", reason);
    }

    [SkippableFact]
    public void Says_ThatTheDriverIsTooOld()
    {
        string path = StandInDriver.Reset();
        StandInDriver.Version = 11_080;

        Assert.False(CudaLibrary.TryLoad(path, out string reason));
        Assert.Equal("the NVIDIA driver supports CUDA 11.8 (needs 12.0); update the driver", reason);
        Assert.Equal(["cuDriverGetVersion"], StandInDriver.Calls);
    }

    [SkippableFact]
    public void Starts_TheDriverBeforeItAsks()
    {
        string path = StandInDriver.Reset();

        Assert.True(CudaLibrary.TryLoad(path, out string reason));
        Assert.Empty(reason);
        Assert.Equal(["cuDriverGetVersion", "cuInit", "cuDeviceGetCount"], StandInDriver.Calls);
    }

    [SkippableFact]
    public void Refuses_AGpuThatIsTooOld()
    {
        string path = StandInDriver.Reset();
        StandInDriver.ComputeCapability = (7, 5);

        Assert.False(CudaContext.TryCreate(path, 0, null, out _, out string reason));
        Assert.Equal("Stand-in 7 has compute capability 7.5 (needs 8.0 or later)", reason);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Refuses_AGpuThatIsNotThere(int ordinal)
    {
        string path = StandInDriver.Reset();

        Assert.False(CudaContext.TryCreate(path, ordinal, null, out _, out string reason));
        Assert.Equal($"no CUDA device {ordinal}: the NVIDIA driver shows 1", reason);
    }

    [SkippableFact]
    public void Says_WhyTheGpuCannotBeUsed()
    {
        string path = StandInDriver.Reset();
        StandInDriver.Failures["cuDevicePrimaryCtxRetain"] = 46;

        Assert.False(CudaContext.TryCreate(path, 0, null, out _, out string reason));
        Assert.Equal("cuDevicePrimaryCtxRetain: sentence 46 (CUDA_ERROR_46, 46)", reason);
    }

    [SkippableFact]
    public void Lists_Devices()
    {
        StandInDriver.Open().Dispose();
        StandInDriver.Devices = 2;

        CudaDeviceInfo second = CudaDeviceInfo.All()[1];

        // The stand-in's device is 8, and its attributes say their own numbers.
        Assert.Equal(
            new CudaDeviceInfo(1, "Stand-in 8", 9, 0, 80L << 30, 16008, 97008, 81008, 38008, 13008, 36008, 37008),
            second);
        Assert.Equal(GpuTarget.Sm90a, second.Target);
    }

    [Theory]
    [InlineData(8, 0, GpuTarget.Sm80)]
    [InlineData(8, 9, GpuTarget.Sm80)]
    [InlineData(9, 0, GpuTarget.Sm90a)]
    [InlineData(10, 0, GpuTarget.Sm80)]
    public void Chooses_TheTarget(int major, int minor, GpuTarget target) =>
        Assert.Equal(target, new CudaDeviceInfo(0, "", major, minor, 0, 0, 0, 0, 0, 0, 0, 0).Target);

    [Fact]
    public void Calls_NothingButTheDriver()
    {
        foreach (MethodInfo method in typeof(CudaDriver).GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
        {
            if (method.GetCustomAttribute<DllImportAttribute>() is { } import)
                Assert.Equal("libcuda.so.1", import.Value);
        }
    }
}
