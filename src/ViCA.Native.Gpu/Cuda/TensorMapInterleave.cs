namespace ViCA.Native.Gpu.Cuda;

/// <summary>How channels are interleaved, with the numbers of CUtensorMapInterleave.</summary>
public enum TensorMapInterleave
{
    None = 0,
    Bytes16 = 1,
    Bytes32 = 2,
}
