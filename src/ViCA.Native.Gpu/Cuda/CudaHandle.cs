using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// Something that lives in a CUDA context. It keeps the context alive, so the order in which handles are finalised
/// does not matter. Freed when disposed; what the GPU still does with it must have ended by then.
/// </summary>
public abstract class CudaHandle : SafeHandle
{
    private readonly PrimaryContext _context;

    // The value comes from a call that has succeeded: a handle that was never made would not give the context back.
    private protected CudaHandle(PrimaryContext context, nint value)
        : base(0, ownsHandle: true)
    {
        bool added = false;
        context.DangerousAddRef(ref added);
        _context = context;
        SetHandle(value);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The driver's handle. Valid until this is disposed.</summary>
    internal nint Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    private protected PrimaryContext Context => _context;

    /// <inheritdoc/>
    protected sealed override bool ReleaseHandle()
    {
        // Finalisers run on a thread that has no current context. A driver that is gone has freed all by itself, so
        // what it says here is of no use.
        bool freed = _context.TryMakeCurrent() && Release() == CudaResult.Success;
        _context.DangerousRelease();
        return freed;
    }

    /// <summary>Frees <see cref="SafeHandle.handle"/>; returns the driver's result.</summary>
    private protected abstract int Release();
}
