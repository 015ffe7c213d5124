namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>What one element of a memory access is.</summary>
internal enum MemoryType
{
    U8,
    S8,
    U16,
    S16,
    B32,
    B64,
    F32,
    F64,
}
