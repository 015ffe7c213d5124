namespace ViCA.Native.Gpu.Cuda;

/// <summary>How shared memory is permuted against bank conflicts, with the numbers of CUtensorMapSwizzle.</summary>
public enum TensorMapSwizzle
{
    None = 0,
    Bytes32 = 1,
    Bytes64 = 2,
    Bytes128 = 3,
}
