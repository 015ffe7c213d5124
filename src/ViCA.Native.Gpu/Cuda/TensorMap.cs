using System.Runtime.InteropServices;

namespace ViCA.Native.Gpu.Cuda;

/// <summary>
/// A tensor in global memory and the box of it that one bulk copy moves (CUtensorMap). As a kernel's argument it is
/// 128 bytes at a multiple of 64.
/// </summary>
/// <param name="Element">Type of the elements.</param>
/// <param name="Address">Device address, a multiple of 16.</param>
/// <param name="Dimensions">Elements in each dimension, innermost first: 1 to 5 of them.</param>
/// <param name="StrideBytes">Bytes from one index to the next, from the second dimension on; multiples of 16.</param>
/// <param name="Box">Elements of the box in each dimension, at most 256.</param>
/// <param name="ElementStrides">Step between the elements that are taken, 1 to 8 in each dimension.</param>
/// <param name="Interleave">How channels are interleaved.</param>
/// <param name="Swizzle">How the box is permuted in shared memory.</param>
/// <param name="Promotion">Size of the requests to the second-level cache.</param>
/// <param name="Fill">What stands for elements outside.</param>
public sealed record TensorMap(
    TensorMapElement Element,
    ulong Address,
    IReadOnlyList<ulong> Dimensions,
    IReadOnlyList<ulong> StrideBytes,
    IReadOnlyList<uint> Box,
    IReadOnlyList<uint> ElementStrides,
    TensorMapInterleave Interleave = TensorMapInterleave.None,
    TensorMapSwizzle Swizzle = TensorMapSwizzle.None,
    TensorMapPromotion Promotion = TensorMapPromotion.None,
    TensorMapFill Fill = TensorMapFill.Zeros)
{
    /// <summary>Bytes of an encoded map.</summary>
    public const int EncodedBytes = 128;

    private const int EncodedAlignment = 64;

    /// <summary>
    /// Writes the driver's form of it, which is opaque, to the first <see cref="EncodedBytes"/> of
    /// <paramref name="destination"/>. After <see cref="CudaLibrary.TryLoad(out string)"/> only.
    /// </summary>
    /// <exception cref="CudaException">The driver refuses a size, a stride or a combination.</exception>
    public unsafe void Encode(Span<byte> destination)
    {
        int rank = Dimensions.Count;
        if (StrideBytes.Count != rank - 1 || Box.Count != rank || ElementStrides.Count != rank)
        {
            throw new InvalidOperationException(
                $"a tensor map of rank {rank} has {rank - 1} strides, {rank} sizes of the box and {rank} element "
                + $"strides (found {StrideBytes.Count}, {Box.Count}, {ElementStrides.Count})");
        }

        void* map = NativeMemory.AlignedAlloc(EncodedBytes, EncodedAlignment);
        try
        {
            fixed (ulong* dimensions = Dimensions.ToArray(), strides = StrideBytes.ToArray())
            fixed (uint* box = Box.ToArray(), elementStrides = ElementStrides.ToArray())
            {
                CudaCheck.Ok(CudaDriver.cuTensorMapEncodeTiled(
                    map,
                    Element,
                    (uint)rank,
                    Address,
                    dimensions,
                    strides,
                    box,
                    elementStrides,
                    Interleave,
                    Swizzle,
                    Promotion,
                    Fill));
            }

            new ReadOnlySpan<byte>(map, EncodedBytes).CopyTo(destination);
        }
        finally
        {
            NativeMemory.AlignedFree(map);
        }
    }
}
