namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Type of a buffer's elements or of a scalar; B stands for bit patterns.</summary>
internal enum PtxElementType
{
    U8,
    S8,
    B8,
    U16,
    S16,
    B16,
    U32,
    S32,
    B32,
    U64,
    S64,
    B64,
    F16,
    BF16,
    F32,
    F64,
}
