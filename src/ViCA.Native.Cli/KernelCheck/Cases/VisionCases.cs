using ViCA.Native.Media.Image;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Ops;

namespace ViCA.Native.Cli.KernelCheck.Cases;

/// <summary>The kernels around the vision tower.</summary>
internal static class VisionCases
{
    private const int Roundings = 2;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KernelCase> All { get; } =
    [
        Patches(14, 14),
        Patches(33, 14),
        Patches(40, 5),
        PoolFrame(DType.F32, 27, 40),
        PoolFrame(DType.F32, 9, 13),
        PoolFrame(DType.BF16, 4, 16),
        PoolFrame(DType.BF16, 3, 3584),
        PoolFrame(DType.BF16, 2, 13),
        PoolFrame(DType.BF16, 1, 8),
    ];

    public static KernelCase Patches(int side, int patchSize) =>
        new($"Patches/BF16/{side}-{patchSize}", 0, tensors =>
        {
            byte[] rgb = tensors.HostBytes(side * side * 3);
            int patches = side / patchSize * (side / patchSize);
            Tensor y = tensors.Output(DType.BF16, patches, 3 * patchSize * patchSize);
            return () => Ops.Patches(tensors.Context, rgb, side, patchSize, PixelTable.BFloat16Bits, y);
        });

    public static KernelCase PoolFrame(DType dtype, int side, int width) =>
        new($"PoolFrame/{dtype}/{side}x{side}x{width}", Roundings, tensors =>
        {
            int half = (side + 1) / 2;
            Tensor patches = tensors.Input(dtype, side * side, width), newline = tensors.Input(DType.BF16, 1, width);
            Tensor y = tensors.Output(dtype, half * (half + 1), width);
            return () => Ops.PoolFrame(tensors.Context, patches, side, newline, y);
        });
}
