using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Gpu.Emulator.Checking;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Tests.Emulator.Checking;

/// <summary>Accesses by hand; instruction i stands in line i + 1.</summary>
public sealed class BlockCheckerTests : IDisposable
{
    private const int Warps = 4;

    private const AccessKind Release = AccessKind.Write | AccessKind.Strong | AccessKind.Release;

    private const AccessKind Acquire = AccessKind.Read | AccessKind.Strong | AccessKind.Acquire;

    private const AccessKind StrongWrite = AccessKind.Write | AccessKind.Strong;

    private const AccessKind StrongRead = AccessKind.Read | AccessKind.Strong;

    private readonly EmulatedMemory _memory = new();

    private readonly LaunchChecker _launch;

    private readonly BlockChecker _block;

    public BlockCheckerTests()
    {
        _launch = new LaunchChecker(new Dim3(2, 2), Warps, _memory);
        _block = new BlockChecker(_launch, 0, 1024);
    }

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void WriteAndRead_OfTwoWarps_WithoutBarrier_Race()
    {
        Shared(0, AccessKind.Write, 1, 64);
        Shared(1, AccessKind.Read, 2, 64);

        EmulatorFinding finding = Assert.Single(_launch.ToFindings());
        Assert.Equal(FindingKinds.Race, finding.Kind);
        Assert.Equal(3, finding.PtxLine);
        Assert.Equal(
            "block (0, 0, 0) warp 1: reads shared address 64, which warp 0 wrote at PTX line 2; nothing orders the two",
            finding.Message);
    }

    [Fact]
    public void ReadAndWrite_OfTwoWarps_WithoutBarrier_Race()
    {
        Shared(0, AccessKind.Write, 1, 0);
        Barrier(0, 0b1111);
        Shared(1, AccessKind.Read, 2, 0);
        Shared(2, AccessKind.Read, 3, 0);
        Shared(1, AccessKind.Write, 4, 0);

        Assert.Equal([5], RaceLines());
    }

    [Fact]
    public void ABarrier_Orders()
    {
        Shared(0, AccessKind.Write, 1, 0);
        Barrier(0, 0b1111);
        Shared(1, AccessKind.Read, 2, 0);
        Barrier(0, 0b1111);
        Shared(2, AccessKind.Write, 3, 0);

        Assert.Empty(_launch.ToFindings());
    }

    [Fact]
    public void ABarrier_OrdersOnlyThoseWhoCame()
    {
        Shared(0, AccessKind.Write, 1, 0);
        Barrier(1, 0b0011);
        Shared(1, AccessKind.Read, 2, 0);
        Shared(2, AccessKind.Read, 3, 0);

        Assert.Equal([4], RaceLines());
    }

    [Fact]
    public void Arrival_OrdersWhatCameBeforeIt_NotWhatCameAfter()
    {
        Shared(0, AccessKind.Write, 1, 0);
        _block.OnBarrierArrive(2, 0);
        Shared(0, AccessKind.Write, 2, 4);
        _block.OnBarrierArrive(2, 1);
        _block.OnBarrierPass(2, 0b10);
        Shared(1, AccessKind.Read, 3, 0);
        Shared(1, AccessKind.Read, 4, 4);

        Assert.Equal([5], RaceLines());
    }

    [Fact]
    public void Order_IsTransitive()
    {
        Shared(0, AccessKind.Write, 1, 0);
        Barrier(1, 0b0011);
        Barrier(2, 0b0110);
        Shared(2, AccessKind.Read, 2, 0);

        Assert.Empty(_launch.ToFindings());
    }

    [Fact]
    public void NeighbouringBytes_DoNotRace()
    {
        Shared(0, AccessKind.Write, 1, 0, 1);
        Shared(1, AccessKind.Write, 2, 1, 1);
        Shared(2, AccessKind.Write, 3, 2, 2);
        Assert.Empty(_launch.ToFindings());

        Shared(3, AccessKind.Write, 4, 0, 4);
        Assert.Equal([5], RaceLines());
    }

    [Fact]
    public void StrongAccesses_DoNotRaceWithOneAnother_ButWithWeakOnes()
    {
        Shared(0, AccessKind.Atomic | AccessKind.Write, 1, 0);
        Shared(1, AccessKind.Atomic, 2, 0);
        Shared(2, StrongWrite, 3, 0);
        Shared(3, StrongRead, 4, 0);
        Assert.Empty(RaceLines());

        Shared(3, AccessKind.Read, 5, 0);
        Assert.Equal([6], RaceLines());
    }

    [Fact]
    public void AWeakRead_MustBeOrderedAfterEveryAtomic()
    {
        Shared(0, AccessKind.Atomic, 1, 0);
        Shared(1, AccessKind.Atomic, 2, 0);
        Shared(1, AccessKind.Read, 3, 0);
        _block.End();

        Assert.Equal([4], RaceLines());
    }

    [Fact]
    public void AWeakRead_ThatAnAtomicFollows_IsAGuess()
    {
        Shared(0, StrongWrite, 1, 0);
        Barrier(0, 0b1111);
        Shared(0, AccessKind.Read, 2, 0);
        Shared(1, AccessKind.Atomic, 3, 0);
        Shared(2, AccessKind.Read, 4, 0);
        Shared(0, AccessKind.Atomic, 5, 0);
        Shared(2, AccessKind.Atomic, 6, 0);
        _block.End();

        Assert.Empty(_launch.ToFindings());
    }

    [Fact]
    public void Release_AndAcquire_Order()
    {
        Shared(0, AccessKind.Write, 1, 0);
        Shared(0, Release, 2, 64);
        Shared(0, AccessKind.Write, 3, 4);
        Shared(1, Acquire, 4, 64);
        Shared(1, AccessKind.Read, 5, 0);
        Shared(1, AccessKind.Read, 6, 4);

        Assert.Equal([7], RaceLines());
    }

    [Fact]
    public void Fences_WithAFlag_Order()
    {
        Shared(0, AccessKind.Write, 1, 0);
        _block.OnFence(0, false);
        Shared(0, StrongWrite, 2, 64);
        Shared(1, StrongRead, 3, 64);
        _block.OnFence(1, false);
        Shared(1, AccessKind.Read, 4, 0);

        Assert.Empty(_launch.ToFindings());
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void AFlagWithOneFence_DoesNotOrder(bool fenceOfWriter, bool fenceOfReader)
    {
        Shared(0, AccessKind.Write, 1, 0);
        if (fenceOfWriter)
            _block.OnFence(0, false);
        Shared(0, StrongWrite, 2, 64);
        Shared(1, StrongRead, 3, 64);
        if (fenceOfReader)
            _block.OnFence(1, false);
        Shared(1, AccessKind.Read, 4, 0);

        Assert.Equal([5], RaceLines());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BetweenBlocks_OnlyAScopeBeyondTheBlockOrders(bool beyondBlock)
    {
        AccessKind scope = beyondBlock ? AccessKind.BeyondBlock : AccessKind.None;
        BlockChecker other = new(_launch, 1, 0);
        Global(_block, AccessKind.Write, 1, 0x1000);
        Global(_block, Release | scope, 2, 0x2000);
        Global(other, AccessKind.Atomic | AccessKind.Acquire | scope, 3, 0x2000);
        Global(other, AccessKind.Read, 4, 0x1000);

        Assert.Equal(beyondBlock ? [] : [5], RaceLines());
    }

    [Fact]
    public void AtomicsInBetween_PassOnWhatWasReleased()
    {
        BlockChecker second = new(_launch, 1, 0);
        BlockChecker third = new(_launch, 2, 0);
        Global(_block, AccessKind.Write, 1, 0x1000);
        Global(_block, Release | AccessKind.BeyondBlock, 2, 0x2000);
        Global(second, AccessKind.Atomic | AccessKind.BeyondBlock, 3, 0x2000);
        Global(third, Acquire | AccessKind.BeyondBlock, 4, 0x2000);
        Global(third, AccessKind.Read, 5, 0x1000);

        Assert.Empty(_launch.ToFindings());
    }

    [Fact]
    public void TwoBlocks_ThatWriteOneWord_Race()
    {
        BlockChecker other = new(_launch, 1, 0);
        Global(_block, AccessKind.Write, 1, 0x1000);
        Global(other, AccessKind.Write, 2, 0x1000);

        EmulatorFinding finding = Assert.Single(_launch.ToFindings());
        Assert.Equal(
            "block (1, 0, 0) warp 0: writes 0x1000, which block (0, 0, 0) warp 0 wrote at PTX line 2; "
            + "nothing orders the two",
            finding.Message);
    }

    [Fact]
    public void SharedBytes_ThatNobodyWrote_AreReported()
    {
        Shared(0, AccessKind.Write, 1, 0, 4);
        Shared(0, AccessKind.Read, 2, 0, 4);
        Assert.Empty(_launch.ToFindings());

        Shared(0, AccessKind.Read, 3, 0, 8);
        EmulatorFinding finding = Assert.Single(_launch.ToFindings());
        Assert.Equal(FindingKinds.UninitialisedRead, finding.Kind);
        Assert.Equal("block (0, 0, 0) warp 0 lane 0: reads 8 bytes at shared address 0 that nobody wrote", finding.Message);
    }

    [Fact]
    public void GlobalBytes_ThatNobodyWrote_AreReported()
    {
        ulong address = _memory.Allocate(64);
        _memory.Write(address, new byte[32]);
        Global(_block, AccessKind.Read, 1, address + 28);
        Global(_block, AccessKind.Write, 2, address + 32);
        Global(_block, AccessKind.Read, 3, address + 32);
        Assert.Empty(_launch.ToFindings());

        Global(_block, AccessKind.Read, 4, address + 36);
        Assert.Equal(5, Assert.Single(_launch.ToFindings()).PtxLine);
    }

    [Fact]
    public void InitialisedBytes_AreKeptToTheByte()
    {
        InitialisedBytes bytes = new(200);
        bytes.Mark(60, 70);

        Assert.True(bytes.AreMarked(60, 70));
        Assert.False(bytes.AreMarked(59, 1));
        Assert.False(bytes.AreMarked(100, 31));
    }

    private IEnumerable<int> RaceLines() =>
        _launch.ToFindings().Where(finding => finding.Kind == FindingKinds.Race).Select(finding => finding.PtxLine);

    private void Barrier(int barrier, ulong warps)
    {
        for (int warp = 0; warp < Warps; warp++)
        {
            if ((warps >> warp & 1) != 0)
                _block.OnBarrierArrive(barrier, warp);
        }
        _block.OnBarrierPass(barrier, warps);
    }

    private static NothingInstruction At(int index) => new() { Location = new PtxLocation(index + 1, null, 0) };

    private void Shared(int warp, AccessKind kind, int instruction, ulong offset, int bytes = 4) =>
        _block.OnAccess(new WarpAccess(
            AccessSpace.Shared, kind, warp, At(instruction), bytes, 1, [offset, .. new ulong[31]]));

    private static void Global(BlockChecker block, AccessKind kind, int instruction, ulong address) => block.OnAccess(
        new WarpAccess(AccessSpace.Global, kind, 0, At(instruction), 4, 1, [address, .. new ulong[31]]));
}
