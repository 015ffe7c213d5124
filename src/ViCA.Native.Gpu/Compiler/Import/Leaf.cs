using ViCA.Native.Gpu.Compiler.IR;

namespace ViCA.Native.Gpu.Compiler.Import;

/// <summary>A scalar inside a value: where it lies and what it is.</summary>
internal readonly record struct Leaf(int Offset, MemoryType Type)
{
    public int Bytes => Type.Bytes();

    public IrType ValueType => Type.ValueType();
}
