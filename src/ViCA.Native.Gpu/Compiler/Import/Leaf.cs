using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>A scalar inside a value: where it lies and what it is.</summary>
internal readonly record struct Leaf(int Offset, MemoryType Type)
{
    public int Bytes => Type switch
    {
        MemoryType.U8 or MemoryType.S8 => 1,
        MemoryType.U16 or MemoryType.S16 => 2,
        MemoryType.B32 or MemoryType.F32 => 4,
        _ => 8,
    };

    public IrType ValueType => Type switch
    {
        MemoryType.F32 => IrType.F32,
        MemoryType.F64 => IrType.F64,
        MemoryType.B64 => IrType.I64,
        _ => IrType.I32,
    };
}
