using ViCA.Native.Gpu.Language;
using ViCA.Native.Kernels.Elementwise;

namespace ViCA.Native.Kernels.Vision;

/// <summary>
/// A picture as the matrix that the patch embedding multiplies: rgb [side, side, 3] bytes → y [patches, 3 · patchSize²]
/// bf16, in each patch the channel, then the row, then the column, each byte turned into table[byte]. Blocks: (elements of
/// a patch in blocks, patches). What does not fill a patch at the right and at the bottom is left out.
/// </summary>
public readonly struct PatchKernel(
    Global<byte> rgb, Global<BFloat16> table, Global<BFloat16> y, int side, int patchSize) : IKernel
{
    private const int Channels = 3;

    public static int BlockThreads => ElementBlock.Threads;

    public void Execute()
    {
        int plane = patchSize * patchSize;
        int i = ElementBlock.Vector;
        if (i >= Channels * plane)
            return;
        int patch = BlockIndex.Y;
        int perSide = side / patchSize;
        int channel = i / plane;
        int row = patch / perSide * patchSize + i % plane / patchSize;
        int column = patch % perSide * patchSize + i % patchSize;
        int pixel = rgb.LoadReadOnly((row * side + column) * Channels + channel);
        y[patch * Channels * plane + i] = table.LoadReadOnly(pixel);
    }
}
