using ViCA.Native.Gpu.Language;

namespace ViCA.Native.Kernels.Elementwise;

/// <summary>How elementwise kernels divide an array: one vector a thread.</summary>
public static class ElementBlock
{
    /// <summary>Threads of a block.</summary>
    public const int Threads = 256;

    /// <summary>The vector that this thread works on.</summary>
    public static int Vector => BlockIndex.X * Threads + ThreadIndex.X;
}
