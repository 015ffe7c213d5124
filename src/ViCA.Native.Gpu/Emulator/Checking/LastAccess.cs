namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>The last access of one warp to a place.</summary>
/// <param name="Block">The block; negative when there was none.</param>
/// <param name="Time">The warp's time.</param>
/// <param name="Site">Instruction · 32 + warp.</param>
internal readonly record struct LastAccess(int Block, uint Time, uint Site)
{
    private const int WarpBits = 5;

    public static LastAccess None => new(-1, 0, 0);

    public bool IsNone => Block < 0;

    public int Warp => (int)(Site & ((1 << WarpBits) - 1));

    public int Instruction => (int)(Site >> WarpBits);

    public static LastAccess Of(WarpOrder order, int instruction) =>
        new(order.Block, order.Time, (uint)instruction << WarpBits | (uint)order.Warp);

    public bool IsOf(WarpOrder order) => Block == order.Block && Warp == order.Warp;

    /// <summary>Whether it is ordered before the next access of a warp.</summary>
    public bool IsBefore(WarpOrder order) => IsOf(order) || order.IsAfter(Block, Warp, Time);
}
