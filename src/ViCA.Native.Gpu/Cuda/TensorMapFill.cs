namespace ViCA.Native.Gpu.Cuda;

/// <summary>What stands for elements outside of the tensor, with the numbers of CUtensorMapFloatOOBfill.</summary>
public enum TensorMapFill
{
    Zeros = 0,
    NaN = 1,
}
