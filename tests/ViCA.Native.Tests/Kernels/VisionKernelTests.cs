using ViCA.Native.Media.Image;
using ViCA.Native.Tensors;
using Op = ViCA.Native.Tensors.Ops.Ops;

namespace ViCA.Native.Tests.Kernels;

/// <summary>The kernels around the vision tower, against the CPU path.</summary>
public sealed class VisionKernelTests
{
    [Theory]
    [InlineData(14, 14)]
    [InlineData(33, 14)]
    [InlineData(40, 5)]
    public void Patches_EqualTheCpu(int side, int patchSize)
    {
        using KernelBench bench = new();
        byte[] rgb = new byte[side * side * 3];
        new Random(side).NextBytes(rgb);
        int patches = side / patchSize * (side / patchSize);
        Tensor y = bench.Empty(DType.BF16, patches, 3 * patchSize * patchSize);
        Op.Patches(bench.Host, rgb, side, patchSize, PixelTable.BFloat16Bits, y);
        Tensor deviceY = bench.EmptyOnDevice(y.DType, y.Rows, y.Columns);
        Op.Patches(bench.Device, rgb, side, patchSize, PixelTable.BFloat16Bits, deviceY);
        bench.ShouldEqual(deviceY, y);
    }

    [Theory]
    [InlineData(DType.F32, 27, 40)]
    [InlineData(DType.F32, 9, 13)]
    [InlineData(DType.BF16, 4, 16)]
    [InlineData(DType.BF16, 3, 3584)]
    [InlineData(DType.BF16, 1, 8)]
    public void PoolFrame_MatchesTheCpu(DType dtype, int side, int width)
    {
        using KernelBench bench = new();
        int half = (side + 1) / 2;
        Tensor patches = bench.Random(dtype, side * side, width), newline = bench.Random(DType.BF16, 1, width);
        Tensor y = bench.Empty(dtype, half * (half + 1), width);
        Op.PoolFrame(bench.Host, patches, side, newline, y);
        Tensor deviceY = bench.EmptyOnDevice(dtype, y.Rows, width);
        Op.PoolFrame(bench.Device, bench.Upload(patches), side, bench.Upload(newline), deviceY);
        bench.ShouldBeClose(deviceY, y);
    }
}
