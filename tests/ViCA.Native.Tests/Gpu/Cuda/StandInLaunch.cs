namespace ViCA.Native.Tests.Gpu.Cuda;

/// <summary>What one cuLaunchKernelEx was given, read by the offsets of cuda.h.</summary>
internal sealed record StandInLaunch(
    uint[] Grid,
    uint[] Block,
    uint DynamicSharedBytes,
    nint Stream,
    (int Id, uint X, uint Y, uint Z)[] Attributes,
    nint Function,
    byte[]? Arguments);
