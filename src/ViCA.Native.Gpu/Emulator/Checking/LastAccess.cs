using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>The last access of one warp to a place.</summary>
/// <param name="Instruction">What accessed it; null when nothing did.</param>
/// <param name="Block">Number of the block in the grid.</param>
/// <param name="Warp">The warp within its block.</param>
/// <param name="Time">The warp's time.</param>
internal readonly record struct LastAccess(Instruction? Instruction, int Block, int Warp, uint Time)
{
    public bool IsNone => Instruction is null;

    public static LastAccess Of(WarpOrder order, Instruction instruction) =>
        new(instruction, order.Block, order.Warp, order.Time);

    public bool IsOf(WarpOrder order) => !IsNone && Block == order.Block && Warp == order.Warp;

    /// <summary>Whether it is ordered before the next access of a warp.</summary>
    public bool IsBefore(WarpOrder order) => IsOf(order) || order.IsAfter(Block, Warp, Time);
}
