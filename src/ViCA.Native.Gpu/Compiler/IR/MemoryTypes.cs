namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>What follows from the type of an element in memory.</summary>
internal static class MemoryTypes
{
    /// <summary>Its size.</summary>
    public static int Bytes(this MemoryType type) => type switch
    {
        MemoryType.U8 or MemoryType.S8 => 1,
        MemoryType.U16 or MemoryType.S16 => 2,
        MemoryType.B32 or MemoryType.F32 => 4,
        _ => 8,
    };

    /// <summary>What it is in a register.</summary>
    public static IrType ValueType(this MemoryType type) => type switch
    {
        MemoryType.F32 => IrType.F32,
        MemoryType.F64 => IrType.F64,
        MemoryType.B64 => IrType.I64,
        _ => IrType.I32,
    };
}
