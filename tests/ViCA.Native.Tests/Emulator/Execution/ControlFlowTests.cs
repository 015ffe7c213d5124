namespace ViCA.Native.Tests.Emulator.Execution;

public class ControlFlowTests
{
    [Fact]
    public void Branch_TakesEachLaneItsWay()
    {
        uint[] output = PtxKernel.Run("""
            setp.lt.u32 %p0, %r0, 5;
            @%p0 bra few;
            mov.u32 %r2, 1;
            bra.uni join;
            few: mov.u32 %r2, 2;
            join: add.u32 %r2, %r2, 10;
            """);

        Assert.Equal(Enumerable.Range(0, 32).Select(lane => lane < 5 ? 12u : 11u), output);
    }

    [Fact]
    public void Lanes_MeetAgainWhereTheBlocksAreOutOfOrder()
    {
        // The join stands in front of one of the sides in the text.
        uint[] output = PtxKernel.Run("""
            setp.lt.u32 %p0, %r0, 7;
            @%p0 bra side;
            mov.u32 %r3, 1;
            join: vote.sync.ballot.b32 %r2, 1, 0xffffffff;
            bra end;
            side: mov.u32 %r3, 2;
            bra join;
            end:
            """.Replace("ballot.b32 %r2, 1,", "ballot.b32 %r2, %p9,", StringComparison.Ordinal)
            .Replace("mov.u32 %r3, 1;", "setp.eq.u32 %p9, 0, 0;", StringComparison.Ordinal)
            .Replace("mov.u32 %r3, 2;", "setp.eq.u32 %p9, 0, 1;", StringComparison.Ordinal));

        Assert.All(output, word => Assert.Equal(0xFFFFFF80u, word));
    }

    [Fact]
    public void Loop_RunsAsOftenAsEachLaneAsks()
    {
        uint[] output = PtxKernel.Run("""
            mov.u32 %r3, 0;
            loop: setp.ge.u32 %p0, %r3, %r0;
            @%p0 bra end;
            add.u32 %r3, %r3, 1;
            add.u32 %r2, %r2, %r3;
            bra loop;
            end: activemask.b32 %r4;
            setp.ne.b32 %p1, %r4, -1;
            @%p1 mov.u32 %r2, 0xdead;
            """);

        Assert.Equal(Enumerable.Range(0, 32).Select(n => (uint)(n * (n + 1) / 2)), output);
    }

    [Fact]
    public void Exit_LeavesTheOthersAlone()
    {
        uint[] output = PtxKernel.Run("""
            and.b32 %r3, %r0, 1;
            setp.eq.u32 %p0, %r3, 1;
            @%p0 exit;
            bar.sync 0;
            bar.warp.sync 0x55555555;
            mov.u32 %r2, 7;
            """, threads: 64);

        Assert.Equal(Enumerable.Range(0, 64).Select(n => n % 2 == 0 ? 7u : 0u), output);
    }

    [Fact]
    public void IndexedBranch_GoesToItsTargets()
    {
        uint[] output = PtxKernel.Run("""
            and.b32 %r3, %r0, 3;
            table: .branchtargets A, B, C, A;
            brx.idx %r3, table;
            A: mov.u32 %r2, 10; bra end;
            B: mov.u32 %r2, 20;
            C: add.u32 %r2, %r2, 1;
            end:
            """);

        Assert.Equal([10u, 21u, 1u, 10u], output[..4]);
    }

    [Fact]
    public void IndexedBranch_OutsideOfItsTable_IsAFinding() => Assert.Equal("invalid-branch", PtxKernel.Fault("""
        table: .branchtargets A;
        brx.idx %r0, table;
        A:
        """).Kind);

    [Fact]
    public void Trap_IsAFinding() => Assert.Equal("trap", PtxKernel.Fault("trap;").Kind);

    [Fact]
    public void Lanes_MayWaitForAnotherLaneOfTheirWarp()
    {
        // A lock per block that each lane takes in turn: the lanes that spin are behind the one that holds it.
        uint[] output = PtxKernel.Run("""
            .shared .b32 lock;
            .shared .b32 count;
            setp.eq.u32 %p0, %r0, 0;
            @%p0 st.shared.u32 [lock], 0;
            @%p0 st.shared.u32 [count], 0;
            bar.sync 0;
            try: atom.shared.cas.b32 %r3, [lock], 0, 1;
            setp.ne.u32 %p1, %r3, 0;
            @%p1 bra try;
            ld.volatile.shared.u32 %r4, [count];
            add.u32 %r4, %r4, 1;
            st.volatile.shared.u32 [count], %r4;
            atom.shared.exch.b32 %r5, [lock], 0;
            bar.sync 0;
            ld.shared.u32 %r2, [count];
            """, threads: 4);

        Assert.Equal([4u, 4u, 4u, 4u], output);
    }

    [Fact]
    public void Blocks_MayWaitForLaterOnes()
    {
        uint[] output = PtxKernel.Run("""
            atom.global.add.u32 %r3, [arrived], 1;
            wait: ld.acquire.gpu.global.u32 %r4, [arrived];
            setp.lt.u32 %p0, %r4, 6;
            @%p0 bra wait;
            mov.u32 %r2, %r4;
            """, blocks: 6, threads: 1, declarations: ".global .u32 arrived = 0;", workers: 1);

        Assert.All(output, word => Assert.Equal(6u, word));
    }
}
