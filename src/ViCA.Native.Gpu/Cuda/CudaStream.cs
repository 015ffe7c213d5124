using System.Diagnostics.CodeAnalysis;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>A queue of work: what is put into it runs in order, and beside what other streams hold.</summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "CUDA's own word")]
public sealed unsafe class CudaStream : CudaHandle
{
    private const uint NonBlocking = 1;
    private const int CaptureOfThisThread = 1;

    internal CudaStream(PrimaryContext context)
        : base(context, Create())
    {
    }

    /// <summary>Waits until all that was put into it has run.</summary>
    /// <exception cref="CudaException">Something in it failed (<c>device_fault</c>, <c>device_lost</c>).</exception>
    public void Synchronize()
    {
        Context.MakeCurrent();
        Context.Check(CudaDriver.cuStreamSynchronize(this));
    }

    /// <summary>Puts a mark behind all that it holds.</summary>
    public void Record(CudaEvent mark)
    {
        Context.MakeCurrent();
        CudaCheck.Ok(CudaDriver.cuEventRecord(mark, this));
    }

    /// <summary>Lets what comes later wait until <paramref name="mark"/>, of another stream, is reached.</summary>
    public void Wait(CudaEvent mark)
    {
        Context.MakeCurrent();
        CudaCheck.Ok(CudaDriver.cuStreamWaitEvent(this, mark, 0));
    }

    /// <summary>
    /// Records what <paramref name="work"/> puts into this stream, without running it. Waiting for the stream inside
    /// is an error of the driver.
    /// </summary>
    public CudaGraph Capture(Action work)
    {
        Context.MakeCurrent();
        CudaCheck.Ok(CudaDriver.cuStreamBeginCapture(this, CaptureOfThisThread));
        nint graph = 0;
        try
        {
            work();
        }
        catch
        {
            // Leaves the stream usable; what was recorded is of no use.
            if (CudaDriver.cuStreamEndCapture(this, &graph) == CudaResult.Success && graph != 0)
                _ = CudaDriver.cuGraphDestroy(graph);
            throw;
        }

        Context.MakeCurrent();
        CudaCheck.Ok(CudaDriver.cuStreamEndCapture(this, &graph));
        try
        {
            return new CudaGraph(Context, graph);
        }
        finally
        {
            CudaCheck.Ok(CudaDriver.cuGraphDestroy(graph));
        }
    }

    private static nint Create()
    {
        nint created;
        CudaCheck.Ok(CudaDriver.cuStreamCreate(&created, NonBlocking));
        return created;
    }

    private protected override int Release() => CudaDriver.cuStreamDestroy(handle);
}
