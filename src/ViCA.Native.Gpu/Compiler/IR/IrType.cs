namespace ViCA.Native.Gpu.Compiler.IR;

/// <summary>What a value of the IR is. Narrower integers and bf16 exist in memory only; in registers they are I32.</summary>
internal enum IrType
{
    Void,
    Predicate,
    I32,
    I64,
    F32,
    F64,
}
