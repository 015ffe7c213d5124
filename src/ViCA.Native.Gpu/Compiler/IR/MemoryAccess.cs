namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>How an instruction touches memory.</summary>
/// <param name="Space">State space.</param>
/// <param name="Type">Type of one element.</param>
/// <param name="Count">Elements of a vector access, 1 for a scalar one.</param>
/// <param name="Offset">Bytes added to the address operand.</param>
/// <param name="Qualifier">Cache or order qualifier with its dot, e.g. <c>.nc</c>, or empty.</param>
/// <param name="Predicated">Whether a predicate operand guards the access.</param>
/// <param name="AtomicOperation">The operation of an atomic with its dot, e.g. <c>.add</c>, or empty.</param>
internal sealed record MemoryAccess(
    MemorySpace Space,
    MemoryType Type,
    int Count = 1,
    long Offset = 0,
    string Qualifier = "",
    bool Predicated = false,
    string AtomicOperation = "")
{
    public int ElementBytes => Type.Bytes();

    public IrType ValueType => Type.ValueType();

    public override string ToString() =>
        $"{AtomicOperation}.{Space}{Qualifier}{(Count > 1 ? $".v{Count}" : "")}.{Type}{(Offset != 0 ? $" +{Offset}" : "")}";
}
