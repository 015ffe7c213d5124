namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>A buffer of global memory.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="Length">Elements.</param>
/// <param name="Init">How it is filled before the launch; null when it stays unwritten.</param>
internal sealed record PtxBuffer(PtxElementType Type, int Length, PtxBufferInit? Init)
{
    public long Bytes => (long)Length * Type.Size();
}
