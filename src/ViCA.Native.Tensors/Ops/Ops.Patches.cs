using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Vision;

namespace ViCA.Native.Tensors.Ops;

public static partial class Ops
{
    private const int Channels = 3;

    /// <summary>
    /// A picture as the matrix that the patch embedding multiplies: rgb [side, side, 3] bytes → y [patches, 3 · patchSize²]
    /// bf16: patches row by row, in each the channel, then the row, then the column, as the flattened weight of the
    /// convolution has them. Each byte becomes table[byte], the bits of a bf16. The right and bottom remainder of the
    /// picture is left out.
    /// </summary>
    /// <exception cref="ArgumentException">Shapes or types do not fit.</exception>
    public static void Patches(
        OpContext context, ReadOnlySpan<byte> rgb, int side, int patchSize, ReadOnlySpan<ushort> table, Tensor y)
    {
        Check.That(patchSize >= 1 && side >= patchSize, $"patchSize {patchSize} in a side of {side}");
        int perSide = side / patchSize;
        Check.Type(y, DType.BF16);
        Check.Shape(y, perSide * perSide, Channels * patchSize * patchSize);
        Check.That(rgb.Length == side * side * Channels, $"rgb has {rgb.Length} bytes (expected {side * side * Channels})");
        Check.That(table.Length == 256, $"table has {table.Length} entries (expected 256)");
        Check.Place(context, [y]);
        if (context.Device is { } device)
            PatchesOnDevice(context, device, rgb, side, patchSize, table, y);
        else
            FillPatches(rgb, side, patchSize, table, MemoryMarshal.Cast<byte, ushort>(y.Bytes));
    }

    private static void FillPatches(
        ReadOnlySpan<byte> rgb, int side, int patchSize, ReadOnlySpan<ushort> table, Span<ushort> patches)
    {
        int perSide = side / patchSize;
        int plane = patchSize * patchSize;
        int patchLength = Channels * plane;
        for (int y = 0; y < perSide * patchSize; y++)
        {
            ReadOnlySpan<byte> row = rgb.Slice(y * side * Channels, side * Channels);
            int rowOfPatches = y / patchSize * perSide;
            int rowInPatch = y % patchSize * patchSize;
            for (int patch = 0; patch < perSide; patch++)
            {
                ReadOnlySpan<byte> pixels = row.Slice(patch * patchSize * Channels, patchSize * Channels);
                Span<ushort> values = patches.Slice(((rowOfPatches + patch) * patchLength) + rowInPatch);
                for (int x = 0; x < patchSize; x++)
                {
                    values[x] = table[pixels[x * Channels]];
                    values[plane + x] = table[pixels[(x * Channels) + 1]];
                    values[(2 * plane) + x] = table[pixels[(x * Channels) + 2]];
                }
            }
        }
    }

    private static void PatchesOnDevice(
        OpContext context,
        GpuDevice device,
        ReadOnlySpan<byte> rgb,
        int side,
        int patchSize,
        ReadOnlySpan<ushort> table,
        Tensor y)
    {
        WorkspaceMark mark = context.Workspace.Mark();
        Global<byte> pixels = new((ulong)context.Workspace.TakeBytes(rgb.Length));
        Global<BFloat16> values = new((ulong)context.Workspace.TakeBytes(table.Length * sizeof(ushort)));
        device.CopyToDevice(rgb, pixels.Address);
        device.CopyToDevice(MemoryMarshal.AsBytes(table), values.Address);
        device.Launch(
            (DeviceLaunch.Blocks(y.Columns, 1), y.Rows),
            PatchKernel.BlockThreads,
            new PatchKernel(pixels, values, y.Global<BFloat16>(), side, patchSize));
        context.Workspace.Return(mark);
    }
}
