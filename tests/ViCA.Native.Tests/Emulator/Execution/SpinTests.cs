using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Execution;

/// <summary>Loops that wait: a deadlock where nothing can end them, and none where something does.</summary>
public sealed class SpinTests
{
    private const string Flag = ".global .u32 flag; .global .u32 data;";

    [Theory]
    [InlineData("A:\nld.volatile.global.u32 %r5, [flag];\nsetp.eq.u32 %p1, %r5, 7;\n@!%p1 bra A;", 24)]
    [InlineData("A:\natom.global.cas.b32 %r5, [flag], 1, 2;\nsetp.eq.u32 %p1, %r5, 1;\n@!%p1 bra A;", 24)]
    [InlineData("A:\natom.global.exch.b32 %r5, [flag], 1;\nsetp.ne.u32 %p1, %r5, 0;\n@%p1 bra A;", 24)]
    [InlineData("A:\nadd.u32 %r6, %r0, 1;\nbra A;", 25)]
    public void ALoopThatNothingEnds_IsADeadlock_WhereItReads(string loop, int line)
    {
        EmulatorFinding finding = PtxKernel.Fault(loop, declarations: Flag);

        Assert.Equal(FindingKinds.Deadlock, finding.Kind);
        Assert.Equal(line, finding.PtxLine);
        Assert.StartsWith("block (0, 0, 0) warp 0 goes round here for ever", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void BlocksThatAllWaitForAFlag_AreADeadlock_OfTheFirst(int workers)
    {
        EmulatorFinding finding = Assert.Throws<EmulatorException>(() => PtxKernel.Run(
            "A: ld.volatile.global.u32 %r5, [flag]; setp.eq.u32 %p1, %r5, 7; @!%p1 bra A;",
            blocks: 5,
            declarations: Flag,
            workers: workers)).Finding;

        Assert.Equal(FindingKinds.Deadlock, finding.Kind);
        Assert.StartsWith("block (0, 0, 0)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWarpThatWaits_WhileAnotherStandsAtABarrier_IsADeadlock() => Assert.Equal(
        FindingKinds.Deadlock,
        PtxKernel.Fault(
            """
            setp.lt.u32 %p2, %r0, 32;
            @!%p2 bra B;
            A: ld.volatile.global.u32 %r5, [flag]; setp.eq.u32 %p1, %r5, 7; @!%p1 bra A;
            B: bar.sync 0;
            st.volatile.global.u32 [flag], 7;
            """,
            threads: 64,
            declarations: Flag).Kind);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AFlagThatAnotherBlockSetsAfterALongLoop_IsWaitedFor(int workers)
    {
        uint[] output = PtxKernel.Run(
            """
            setp.eq.u32 %p2, %r18, 1;
            @!%p2 bra WAIT;
            mov.u32 %r6, 0;
            COUNT: add.u32 %r6, %r6, 1; setp.lt.u32 %p3, %r6, 3000000; @%p3 bra COUNT;
            st.volatile.global.u32 [flag], 7;
            bra DONE;
            WAIT: ld.volatile.global.u32 %r5, [flag]; setp.eq.u32 %p1, %r5, 7; @!%p1 bra WAIT;
            DONE: mov.u32 %r2, 5;
            """,
            blocks: 2,
            declarations: Flag,
            workers: workers);

        Assert.All(output, value => Assert.Equal(5u, value));
    }

    [Fact]
    public void ALoopThatCounts_OrWaitsForAClock_Ends()
    {
        Assert.Equal(2_000_000u, PtxKernel.Run(
            "A: add.u32 %r2, %r2, 1; setp.lt.u32 %p1, %r2, 2000000; @%p1 bra A;")[0]);
        Assert.Equal(9u, PtxKernel.Run(
            """
            mov.u64 %rd5, %globaltimer;
            add.u64 %rd5, %rd5, 20000000;
            A: mov.u64 %rd6, %globaltimer; setp.lt.u64 %p1, %rd6, %rd5; @%p1 bra A;
            mov.u32 %r2, 9;
            """)[0]);
    }
}
