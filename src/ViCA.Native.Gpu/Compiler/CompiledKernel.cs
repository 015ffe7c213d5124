namespace ViCA.Native.Gpu.Compiler;

/// <summary>A kernel as PTX, with what a launch must know.</summary>
/// <param name="Name">Name of the entry.</param>
/// <param name="Ptx">The module's text.</param>
/// <param name="ArgumentBytes">Size of the one parameter, the kernel's struct.</param>
/// <param name="BlockThreads">Threads of a block.</param>
/// <param name="SharedBytes">Shared memory of a block.</param>
/// <param name="DynamicSharedBytes">The part of it that the launch must ask for.</param>
/// <param name="Target">The target.</param>
public sealed record CompiledKernel(
    string Name, string Ptx, int ArgumentBytes, int BlockThreads, int SharedBytes, int DynamicSharedBytes, GpuTarget Target);
