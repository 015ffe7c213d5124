namespace ViCA.Native.Gpu.Cuda;

/// <summary>What a launch may ask for beyond grid and block.</summary>
/// <param name="Cluster">Blocks that run together on neighbouring multiprocessors (compute capability 9.0).</param>
/// <param name="ProgrammaticDependent">
/// Whether the kernel may start before its predecessor has ended: it waits with <c>griddepcontrol.wait</c>.
/// </param>
/// <param name="Cooperative">Whether all blocks must be able to run at the same time.</param>
public readonly record struct CudaLaunchOptions(
    Dim3? Cluster = null,
    bool ProgrammaticDependent = false,
    bool Cooperative = false);
