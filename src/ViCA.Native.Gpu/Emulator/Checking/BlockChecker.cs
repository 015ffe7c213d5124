using System.Numerics;

namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>
/// Watches one running block: reads of shared bytes that nobody wrote, and races, by happens-before over vector clocks
/// with one entry per warp. Lanes of one warp are taken to run in step.
/// </summary>
internal sealed class BlockChecker
{
    private readonly LaunchChecker _launch;

    private readonly int _block;

    private readonly WarpOrder[] _warps;

    private readonly ShadowMemory _shared = new();

    private readonly InitialisedBytes _written;

    private readonly VectorClock[] _barriers;

    /// <param name="launch">The launch.</param>
    /// <param name="block">Index of the block in the grid.</param>
    /// <param name="sharedBytes">Static and dynamic shared memory of the block.</param>
    public BlockChecker(LaunchChecker launch, int block, int sharedBytes)
    {
        const int BarrierCount = 16;
        _launch = launch;
        _block = block;
        _warps = [.. Enumerable.Range(0, launch.WarpsPerBlock)
            .Select(warp => new WarpOrder(block, warp, launch.WarpsPerBlock))];
        _written = new InitialisedBytes(sharedBytes);
        _barriers = [.. Enumerable.Range(0, BarrierCount).Select(_ => new VectorClock(launch.WarpsPerBlock))];
    }

    /// <summary>A memory instruction, before it is executed.</summary>
    public void OnAccess(in MemoryAccess access)
    {
        if (access.Lanes == 0)
            return;
        WarpOrder order = _warps[access.Warp];
        LastAccess racing;
        ulong address;
        bool wasWrite;
        if (access.Space == AccessSpace.Shared)
        {
            CheckWritten(access);
            racing = _shared.Note(order, access, out address, out wasWrite);
        }
        else
        {
            racing = _launch.NoteGlobal(order, access, out address, out wasWrite);
        }
        if (!racing.IsNone)
            ReportRace(access, racing, address, wasWrite);
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

    private void CheckWritten(in MemoryAccess access)
    {
        bool reads = access.Is(AccessKind.Read);
        for (uint lanes = access.Lanes; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            long at = (long)access.Addresses[lane];
            if (reads && !_written.AreMarked(at, access.Bytes))
            {
                _launch.Findings.Add(
                    FindingKinds.UninitialisedRead,
                    access.Instruction,
                    $"{Who(access.Warp)}, lane {lane}: reads {access.Bytes} bytes at shared+0x{at:x} that nobody wrote");
            }
        }
        if (!access.Is(AccessKind.Write))
            return;
        for (uint lanes = access.Lanes; lanes != 0; lanes &= lanes - 1)
            _written.Mark((long)access.Addresses[BitOperations.TrailingZeroCount(lanes)], access.Bytes);
    }

    private void ReportRace(in MemoryAccess access, LastAccess racing, ulong address, bool wasWrite)
    {
        string what = access.Is(AccessKind.Write) ? "writes" : "reads";
        string before = wasWrite ? "wrote" : "read";
        string where = access.Space == AccessSpace.Shared ? $"shared+0x{address:x}" : $"global 0x{address:x}";
        string other = racing.Block == _block ? $"warp {racing.Warp}" : $"warp {racing.Warp} of block {racing.Block}";
        _launch.Findings.Add(
            FindingKinds.Race,
            access.Instruction,
            $"{Who(access.Warp)}: {what} {where}, which {other} {before} at {_launch.Findings.Place(racing.Instruction)}; "
            + "nothing orders the two");
    }

    private string Who(int warp) => $"block {_block}, warp {warp}";
}
