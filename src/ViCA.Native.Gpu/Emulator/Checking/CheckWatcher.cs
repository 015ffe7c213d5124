using System.Numerics;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>Passes what a running block does on to its detectors.</summary>
internal sealed class CheckWatcher(LaunchChecker launch, BlockChecker checker, RegisterChecker registers) : BlockWatcher
{
    private readonly ulong[] _offsets = new ulong[Lanes.Count];

    public override void OnInstruction(
        Warp warp, Activation activation, Instruction instruction, uint active, uint executed) =>
        registers.OnInstruction(warp.Index, activation, instruction, active, executed);

    public override unsafe void OnAccess(in MemoryAccess access)
    {
        MemoryInstruction instruction = access.Instruction;
        if (instruction.Space is StateSpace.Const or StateSpace.Local or StateSpace.Param)
            return;
        ReadOnlySpan<ulong> addresses = new(access.Addresses, Lanes.Count);
        uint global = 0;
        uint shared = 0;
        for (uint rest = access.Mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            StateSpace space = AddressWindows.SpaceOf(addresses[lane]);
            global |= space == StateSpace.Global ? 1u << lane : 0;
            shared |= space == StateSpace.Shared ? 1u << lane : 0;
            _offsets[lane] = addresses[lane] & AddressWindows.OffsetMask;
        }
        AccessKind kind = Kind(instruction);
        int warp = access.Warp.Index;
        int bytes = instruction.BytesPerLane;
        checker.OnAccess(new WarpAccess(AccessSpace.Shared, kind, warp, instruction, bytes, shared, _offsets));
        checker.OnAccess(new WarpAccess(AccessSpace.Global, kind, warp, instruction, bytes, global, addresses));
        if (instruction is StoreInstruction store && store.FindLostLane(access.Warp, access.Mask) is int lost)
            ReportLostLane(access.Warp, store, lost);
    }

    public override void OnBarrierArrive(Warp warp, int barrier) => checker.OnBarrierArrive(barrier, warp.Index);

    public override void OnBarrierRelease(int barrier, ReadOnlySpan<Warp> waiting)
    {
        ulong warps = 0;
        foreach (Warp warp in waiting)
            warps |= 1UL << warp.Index;
        checker.OnBarrierPass(barrier, warps);
    }

    public override void OnFence(Warp warp, Instruction instruction) =>
        checker.OnFence(warp.Index, instruction is FenceInstruction { IsWide: true });

    /// <summary>The block has ended.</summary>
    public void End() => checker.End();

    public override void OnFinding(EmulatorFinding finding) => launch.Add(finding);

    private void ReportLostLane(Warp warp, StoreInstruction store, int lane)
    {
        string who = launch.Name((int)warp.Block.Number, warp.Index);
        string message = $"{who}: another lane of the same instruction writes another value where lane {lane} writes";
        launch.Add(store.Finding(FindingKinds.Race, message));
    }

    private static AccessKind Kind(MemoryInstruction instruction)
    {
        AccessKind kind = instruction.IsAtomic ? AccessKind.Atomic
            : instruction.IsWrite ? AccessKind.Write : AccessKind.Read;
        if (instruction.IsStrong)
            kind |= AccessKind.Strong;
        if (instruction.Acquires)
            kind |= AccessKind.Acquire;
        if (instruction.Releases)
            kind |= AccessKind.Release;
        // A scope that is not written is that of the device (PTX ISA, memory consistency model: scope).
        return instruction.IsOfBlockScope ? kind : kind | AccessKind.BeyondBlock;
    }
}
