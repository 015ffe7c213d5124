using ViCA.Native.Gpu;
using ViCA.Native.Tensors.Cpu;

namespace ViCA.Native.Tensors;

/// <summary>What an op runs on and takes its memory from.</summary>
/// <param name="Cpu">The threads of the CPU path.</param>
/// <param name="Workspace">
/// The arena for intermediate values. Where it lies on a device, ops run there, and their tensors must lie there too.
/// </param>
public sealed record OpContext(CpuExecutor Cpu, Workspace Workspace)
{
    /// <summary>The device that ops run on; null for the CPU.</summary>
    public GpuDevice? Device => Workspace.Device;

    /// <summary>Another arena in the same memory, for values that live longer than a step. The caller disposes it.</summary>
    public Workspace NewWorkspace() => new(Device);
}
