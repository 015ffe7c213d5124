using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ViCA.Native.Media.Video;

/// <summary>Turns one plane of samples by right angles.</summary>
internal static unsafe class PlaneRotation
{
    /// <summary>
    /// Writes the samples of <paramref name="source"/> [height, width] turned clockwise. Strides are in bytes,
    /// <paramref name="sampleBytes"/> is the distance between neighbours. 90 and 270 degrees give [width, height].
    /// </summary>
    internal static void Turn(
        byte* source,
        int sourceStride,
        byte* destination,
        int stride,
        int width,
        int height,
        int sampleBytes,
        int degrees)
    {
        switch (sampleBytes)
        {
            case 1:
                Turn<byte>(source, sourceStride, destination, stride, width, height, degrees);
                break;
            case 2:
                Turn<ushort>(source, sourceStride, destination, stride, width, height, degrees);
                break;
            case 3:
                Turn<Rgb>(source, sourceStride, destination, stride, width, height, degrees);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(sampleBytes), sampleBytes, "expected 1, 2 or 3");
        }
    }

    private static void Turn<TSample>(
        byte* source,
        int sourceStride,
        byte* destination,
        int stride,
        int width,
        int height,
        int degrees)
        where TSample : unmanaged
    {
        for (int y = 0; y < height; y++)
        {
            TSample* row = (TSample*)(source + ((nint)y * sourceStride));
            for (int x = 0; x < width; x++)
            {
                (int toX, int toY) = degrees switch
                {
                    90 => (height - 1 - y, x),
                    180 => (width - 1 - x, height - 1 - y),
                    _ => (y, width - 1 - x),
                };
                Unsafe.WriteUnaligned(destination + ((nint)toY * stride) + (toX * sizeof(TSample)), row[x]);
            }
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Rgb(byte Red, byte Green, byte Blue);
}
