namespace ViCA.Native.Gpu.Cuda;

/// <summary>Element types of a tensor map, with the numbers of CUtensorMapDataType.</summary>
public enum TensorMapElement
{
    UInt8 = 0,
    UInt16 = 1,
    UInt32 = 2,
    Int32 = 3,
    UInt64 = 4,
    Int64 = 5,
    Float16 = 6,
    Float32 = 7,
    Float64 = 8,
    BFloat16 = 9,
}
