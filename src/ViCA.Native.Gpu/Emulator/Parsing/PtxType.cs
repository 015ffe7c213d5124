namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>Fundamental types and the packed ones (PTX ISA 5.2).</summary>
internal enum PtxType
{
    Pred,
    B8, B16, B32, B64, B128,
    U8, U16, U32, U64,
    S8, S16, S32, S64,
    F16, F16x2, BF16, BF16x2, TF32, F32, F64,
    U16x2, S16x2,
}
