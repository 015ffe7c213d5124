using System.Runtime.InteropServices;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Tensors;

namespace ViCA.Native.Cli.KernelCheck;

/// <summary>A result of a case, on the host.</summary>
internal sealed record CaseOutput(DType DType, byte[] Bytes)
{
    /// <summary>Number of elements.</summary>
    public int Count => Bytes.Length / DType.Bytes();

    /// <summary>Element <paramref name="index"/>, widened.</summary>
    public float this[int index] => DType == DType.F32
        ? MemoryMarshal.Cast<byte, float>(Bytes)[index]
        : MemoryMarshal.Cast<byte, BFloat16>(Bytes)[index];
}
