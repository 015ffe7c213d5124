namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>Where a memory access goes.</summary>
internal enum MemorySpace
{
    Global,
    Shared,
    Parameter,
}
