using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>The context that the driver keeps for each device, retained.</summary>
internal sealed unsafe class PrimaryContext : SafeHandle
{
    private readonly int _device;

    internal PrimaryContext(int ordinal)
        : base(0, ownsHandle: true)
    {
        int device;
        CudaCheck.Ok(CudaDriver.cuDeviceGet(&device, ordinal));
        nint context;
        CudaCheck.Ok(CudaDriver.cuDevicePrimaryCtxRetain(&context, device));
        _device = device;
        SetHandle(context);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Makes it the context of this thread, which every call of the driver below needs.</summary>
    internal void MakeCurrent()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        CudaCheck.Ok(CudaDriver.cuCtxSetCurrent(handle));
    }

    internal bool TryMakeCurrent() => CudaDriver.cuCtxSetCurrent(handle) == CudaResult.Success;

    protected override bool ReleaseHandle() => CudaDriver.cuDevicePrimaryCtxRelease(_device) == CudaResult.Success;
}
