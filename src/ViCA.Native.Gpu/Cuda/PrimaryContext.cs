using System.Runtime.CompilerServices;
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

    /// <summary>The kernel that was launched last; null when none was.</summary>
    internal string? LastKernel { get; set; }

    /// <summary>Makes it the context of this thread, which every call of the driver below needs.</summary>
    internal void MakeCurrent()
    {
        CudaCheck.Ok(CudaDriver.cuCtxSetCurrent(this));
    }

    internal bool TryMakeCurrent() => CudaDriver.cuCtxSetCurrent(this) == CudaResult.Success;

    /// <summary>Throws unless a call that waited for the GPU went well: a kernel's fault shows only then.</summary>
    internal void Check(int result, [CallerArgumentExpression(nameof(result))] string call = "")
    {
        if (result == CudaResult.Success)
            return;
        string detail = LastKernel is { } kernel ? $"; the last kernel launched was '{kernel}'" : "";
        throw CudaCheck.Failure(result, call, detail);
    }

    protected override bool ReleaseHandle() => CudaDriver.cuDevicePrimaryCtxRelease(_device) == CudaResult.Success;
}
