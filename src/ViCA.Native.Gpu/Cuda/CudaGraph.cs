namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// Work that was recorded once and can be launched many times, for the host's cost of one launch. The addresses and
/// arguments are those of the recording.
/// </summary>
public sealed unsafe class CudaGraph : CudaHandle
{
    internal CudaGraph(PrimaryContext context, nint graph)
        : base(context, Instantiate(graph))
    {
    }

    /// <summary>Puts all of it into <paramref name="stream"/>.</summary>
    public void Launch(CudaStream stream)
    {
        Context.MakeCurrent();
        CudaCheck.Ok(CudaDriver.cuGraphLaunch(this, stream));
    }

    private static nint Instantiate(nint graph)
    {
        nint executable;
        CudaCheck.Ok(CudaDriver.cuGraphInstantiateWithFlags(&executable, graph, 0));
        return executable;
    }

    private protected override int Release() => CudaDriver.cuGraphExecDestroy(handle);
}
