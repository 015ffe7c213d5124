namespace ViCA.Native.Gpu.Compiler.Ptxas;

/// <summary>What ptxas says about one kernel.</summary>
/// <param name="Name">The entry's name in the PTX.</param>
/// <param name="Registers">32-bit registers per thread.</param>
/// <param name="StackBytes">Local memory per thread for locals, in bytes.</param>
/// <param name="SpillStoreBytes">Bytes of registers stored to local memory, counted in the code.</param>
/// <param name="SpillLoadBytes">Bytes of registers loaded back, counted in the code.</param>
/// <param name="SharedBytes">Static shared memory per block, in bytes.</param>
public sealed record PtxasEntry(
    string Name,
    int Registers = 0,
    int StackBytes = 0,
    int SpillStoreBytes = 0,
    int SpillLoadBytes = 0,
    int SharedBytes = 0);
