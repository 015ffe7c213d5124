namespace ViCA.Native.Gpu.Cuda;

/// <summary>Size of the requests to the second-level cache, with the numbers of CUtensorMapL2promotion.</summary>
public enum TensorMapPromotion
{
    None = 0,
    Bytes64 = 1,
    Bytes128 = 2,
    Bytes256 = 3,
}
