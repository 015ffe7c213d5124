namespace ViCA.Native.Tests.Gpu.Compiler;

/// <summary>A function with the arguments that it is tried with.</summary>
internal interface IFunctionCase
{
    /// <summary>The kernel that calls the function.</summary>
    Type Kernel { get; }

    /// <summary>Blocks that the arguments fill.</summary>
    int Blocks { get; }

    /// <summary>Fresh buffers: left, right, results.</summary>
    byte[][] Buffers();

    /// <summary>Throws where a buffer of results differs from what the host computes.</summary>
    void Compare(byte[] results, string stage);
}
