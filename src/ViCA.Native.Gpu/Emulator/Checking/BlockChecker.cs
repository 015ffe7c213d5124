using System.Numerics;
using ViCA.Native.Gpu.Emulator.Execution;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// Watches one running block: reads of bytes that nobody wrote, and races, by happens-before over vector clocks with
/// one entry per warp. Lanes of one warp are taken to run in step.
/// </summary>
internal sealed class BlockChecker
{
    private readonly LaunchChecker _launch;

    private readonly int _block;

    private readonly WarpOrder[] _warps;

    private readonly ShadowMemory _shared = new();

    private readonly InitialisedBytes _written;

    private readonly VectorClock[] _barriers;

    /// <summary>The allocation that was hit last.</summary>
    private EmulatedAllocation? _allocation;

    /// <param name="launch">The launch.</param>
    /// <param name="block">Number of the block in the grid.</param>
    /// <param name="sharedBytes">Static and dynamic shared memory of the block.</param>
    public BlockChecker(LaunchChecker launch, int block, int sharedBytes)
    {
        _launch = launch;
        _block = block;
        _warps = [.. Enumerable.Range(0, launch.WarpsPerBlock)
            .Select(warp => new WarpOrder(block, warp, launch.WarpsPerBlock))];
        _written = new InitialisedBytes(sharedBytes);
        _barriers = [.. Enumerable.Range(0, BlockBarriers.Count)
            .Select(_ => new VectorClock(launch.WarpsPerBlock))];
    }

    /// <summary>A memory instruction has been executed.</summary>
    public void OnAccess(in WarpAccess access)
    {
        if (access.Lanes == 0)
            return;
        CheckWritten(access);
        ShadowMemory shadow = access.Space == AccessSpace.Shared ? _shared : _launch.Global;
        Conflict conflict = shadow.Note(_warps[access.Warp], access, out ulong address);
        if (conflict.IsNone)
            return;
        EmulatorFinding finding = Race(access, conflict, address);
        if (!conflict.IsWithAtomic)
            _launch.Add(finding);
        else if (conflict.WasWrite)
            shadow.Defer(address, _block, access.Warp, finding);
        else
            shadow.Defer(address, conflict.Earlier.Block, conflict.Earlier.Warp, finding);
    }

    /// <summary>A warp arrives at a barrier, to wait there or not.</summary>
    public void OnBarrierArrive(int barrier, int warp) => _warps[warp].Arrive(_barriers[barrier]);

    /// <summary>A barrier has seen all whom it expects: the warps that wait there go on.</summary>
    public void OnBarrierPass(int barrier, ulong warps)
    {
        for (; warps != 0; warps &= warps - 1)
            _warps[BitOperations.TrailingZeroCount(warps)].Pass(_barriers[barrier]);
        _barriers[barrier] = new VectorClock(_launch.WarpsPerBlock);
    }

    /// <summary>A fence; <paramref name="beyondBlock"/> when its scope is wider than the block.</summary>
    public void OnFence(int warp, bool beyondBlock) => _warps[warp].Fence(beyondBlock);

    /// <summary>The block has ended.</summary>
    public void End()
    {
        foreach (EmulatorFinding finding in _shared.Deferred)
            _launch.Add(finding);
    }

    private void CheckWritten(in WarpAccess access)
    {
        for (uint lanes = access.Is(AccessKind.Read) ? access.Lanes : 0; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            if (!IsWritten(access.Space, access.Addresses[lane], access.Bytes))
                ReportUnwritten(access, lane);
        }
        for (uint lanes = access.Is(AccessKind.Write) ? access.Lanes : 0; lanes != 0; lanes &= lanes - 1)
            MarkWritten(access.Space, access.Addresses[BitOperations.TrailingZeroCount(lanes)], access.Bytes);
    }

    private bool IsWritten(AccessSpace space, ulong address, int bytes) => space == AccessSpace.Shared
        ? _written.AreMarked((long)address, bytes)
        : Allocation(address)?.IsInitialised(address, bytes) ?? true;

    private void MarkWritten(AccessSpace space, ulong address, int bytes)
    {
        if (space == AccessSpace.Shared)
            _written.Mark((long)address, bytes);
        else
            Allocation(address)?.MarkInitialised(address, bytes);
    }

    private EmulatedAllocation? Allocation(ulong address)
    {
        if (_allocation is null || !_allocation.Contains(address, 1))
            _allocation = _launch.Memory.Find(address);
        return _allocation;
    }

    private void ReportUnwritten(in WarpAccess access, int lane)
    {
        string who = $"{_launch.Name(_block, access.Warp)} lane {lane}";
        string where = Name(access.Space, access.Addresses[lane]);
        string message = $"{who}: reads {access.Bytes} bytes at {where} that nobody wrote";
        _launch.Add(access.Instruction.Finding(FindingKinds.UninitialisedRead, message));
    }

    private EmulatorFinding Race(in WarpAccess access, Conflict conflict, ulong address)
    {
        LastAccess earlier = conflict.Earlier;
        string what = access.Is(AccessKind.Write) ? "writes" : "reads";
        string other = earlier.Block == _block ? $"warp {earlier.Warp}" : _launch.Name(earlier.Block, earlier.Warp);
        string before = conflict.WasWrite ? "wrote" : "read";
        string message = $"{_launch.Name(_block, access.Warp)}: {what} {Name(access.Space, address)}, which {other} "
            + $"{before} at PTX line {earlier.Instruction!.Location.PtxLine}; nothing orders the two";
        return access.Instruction.Finding(FindingKinds.Race, message);
    }

    private static string Name(AccessSpace space, ulong address) =>
        space == AccessSpace.Shared ? $"shared address {address}" : $"0x{address:x}";
}
