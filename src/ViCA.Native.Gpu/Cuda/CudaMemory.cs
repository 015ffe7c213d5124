namespace ViCA.Native.Gpu.Cuda;

/// <summary>Memory of the GPU. Its contents are undefined at the start.</summary>
public sealed class CudaMemory : CudaHandle
{
    internal CudaMemory(PrimaryContext context, ulong address, long bytes)
        : base(context, (nint)address) => Bytes = bytes;

    /// <summary>Device address, a multiple of 256.</summary>
    public ulong Address => (ulong)Value;

    /// <summary>Size in bytes.</summary>
    public long Bytes { get; }

    private protected override int Release() => CudaDriver.cuMemFree((ulong)handle);
}
