namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// Page-locked memory of the host: the only kind that is copied while the host goes on. Its contents are undefined at
/// the start.
/// </summary>
public sealed unsafe class CudaHostMemory : CudaHandle
{
    internal CudaHostMemory(PrimaryContext context, int bytes)
        : base(context, Create(bytes)) => Bytes = bytes;

    /// <summary>Size in bytes.</summary>
    public int Bytes { get; }

    /// <summary>The memory, valid until this is disposed.</summary>
    public Span<byte> Span => new((void*)Value, Bytes);

    private static nint Create(int bytes)
    {
        void* pointer;
        CudaCheck.Ok(CudaDriver.cuMemHostAlloc(&pointer, (nuint)bytes, 0));
        return (nint)pointer;
    }

    private protected override int Release() => CudaDriver.cuMemFreeHost((void*)handle);
}
