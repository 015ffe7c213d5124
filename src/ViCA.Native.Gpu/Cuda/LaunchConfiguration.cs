using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>CUlaunchConfig of cuda.h: 56 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LaunchConfiguration
{
    internal uint GridX;
    internal uint GridY;
    internal uint GridZ;
    internal uint BlockX;
    internal uint BlockY;
    internal uint BlockZ;
    internal uint DynamicSharedBytes;
    internal nint Stream;
    internal LaunchAttribute* Attributes;
    internal uint AttributeCount;
}

/// <summary>CUlaunchAttribute of cuda.h: an id, padding to 8 bytes, a union of 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct LaunchAttribute
{
    [FieldOffset(0)]
    internal LaunchAttributeId Id;

    [FieldOffset(8)]
    internal uint X;

    [FieldOffset(12)]
    internal uint Y;

    [FieldOffset(16)]
    internal uint Z;

    // CUlaunchAttributeValue is aligned as its pointers are.
    [FieldOffset(64)]
    private readonly ulong _end;

    internal static LaunchAttribute Flag(LaunchAttributeId id) => new() { Id = id, X = 1 };

    internal static LaunchAttribute Cluster(Dim3 size) => new()
    {
        Id = LaunchAttributeId.ClusterDimension,
        X = (uint)size.X,
        Y = (uint)size.Y,
        Z = (uint)size.Z,
    };
}
