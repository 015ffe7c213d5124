namespace ViCA.Native.Gpu.Cuda;

/// <summary>A mark in a stream, with the time at which the GPU reached it.</summary>
public sealed unsafe class CudaEvent : CudaHandle
{
    internal CudaEvent(PrimaryContext context)
        : base(context, Create())
    {
    }

    /// <summary>Waits until the GPU has reached it.</summary>
    public void Synchronize()
    {
        Context.MakeCurrent();
        Context.Check(CudaDriver.cuEventSynchronize(this));
    }

    /// <summary>Milliseconds from <paramref name="start"/> to this one; both must have been reached.</summary>
    public float MillisecondsSince(CudaEvent start)
    {
        Context.MakeCurrent();
        float milliseconds;
        CudaCheck.Ok(CudaDriver.cuEventElapsedTime(&milliseconds, start, this));
        return milliseconds;
    }

    private static nint Create()
    {
        nint created;
        CudaCheck.Ok(CudaDriver.cuEventCreate(&created, 0));
        return created;
    }

    private protected override int Release() => CudaDriver.cuEventDestroy(handle);
}
