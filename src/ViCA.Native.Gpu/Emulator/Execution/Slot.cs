namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>Where a value of all 32 lanes lies in a frame.</summary>
/// <param name="Offset">Bytes from the frame's start.</param>
/// <param name="Size">Bytes per lane: 4, 8 or 16; 0 for a predicate, which is one 32-bit mask.</param>
internal readonly record struct Slot(int Offset, int Size)
{
    /// <summary>No place: reads give 0, writes are dropped.</summary>
    public static readonly Slot None = new(-1, -1);

    public bool IsNone => Size < 0;
}
