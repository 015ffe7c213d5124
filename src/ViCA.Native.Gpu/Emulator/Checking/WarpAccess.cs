using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>One access of one warp to one space.</summary>
/// <param name="space">Where the addresses lie.</param>
/// <param name="kind">What it does.</param>
/// <param name="warp">The warp within its block.</param>
/// <param name="instruction">The instruction.</param>
/// <param name="bytes">Bytes per lane.</param>
/// <param name="lanes">The lanes that take part.</param>
/// <param name="addresses">
/// Per lane: an address of global memory, or an offset in the block's shared memory. In bounds and aligned.
/// </param>
internal readonly ref struct WarpAccess(
    AccessSpace space,
    AccessKind kind,
    int warp,
    Instruction instruction,
    int bytes,
    uint lanes,
    ReadOnlySpan<ulong> addresses)
{
    public AccessSpace Space { get; } = space;

    public AccessKind Kind { get; } = kind;

    public int Warp { get; } = warp;

    public Instruction Instruction { get; } = instruction;

    public int Bytes { get; } = bytes;

    public uint Lanes { get; } = lanes;

    public ReadOnlySpan<ulong> Addresses { get; } = addresses;

    public bool Is(AccessKind kind) => (Kind & kind) == kind;
}
