namespace ViCA.Native.Tests.Emulator.Execution;

public class WarpInstructionTests
{
    [Theory]
    [InlineData("bfly", 1, 0x1f, 4, 5u)]
    [InlineData("up", 2, 0, 7, 5u)]
    [InlineData("up", 2, 0, 1, 1u)]
    [InlineData("down", 3, 0x1f, 30, 30u)]
    [InlineData("down", 3, 0x1f, 10, 13u)]
    [InlineData("idx", 9, 0x1f, 20, 9u)]
    [InlineData("idx", 9, 0x181f, 20, 17u)]
    public void Shuffle_ReadsTheLane(string mode, int distance, int bounds, int lane, uint expected)
    {
        uint[] output = PtxKernel.Run($"shfl.sync.{mode}.b32 %r2|%p0, %r0, {distance}, {bounds}, -1;");

        Assert.Equal(expected, output[lane]);
    }

    [Fact]
    public void Shuffle_ByLanesThatCameOnDifferentWays_WaitsForAll()
    {
        uint[] output = PtxKernel.Run("""
            mov.u32 %r3, %r0;
            and.b32 %r4, %r0, 1;
            setp.eq.u32 %p0, %r4, 0;
            @!%p0 bra go;
            mov.u32 %r5, 0;
            again: add.u32 %r5, %r5, 1;
            setp.lt.u32 %p1, %r5, %r0;
            @%p1 bra again;
            go: shfl.sync.bfly.b32 %r2, %r3, 1, 31, -1;
            """);

        Assert.Equal(Enumerable.Range(0, 32).Select(n => (uint)(n ^ 1)), output);
    }

    [Fact]
    public void WarpBarrier_PairsLanesAtDifferentPlaces()
    {
        uint[] output = PtxKernel.Run("""
            .shared .b32 word;
            setp.eq.u32 %p0, %r0, 0;
            @%p0 bra writer;
            bar.warp.sync -1;
            ld.volatile.shared.u32 %r2, [word];
            bra end;
            writer: st.volatile.shared.u32 [word], 9;
            bar.warp.sync -1;
            end:
            """);

        Assert.Equal(Enumerable.Range(0, 32).Select(n => n == 0 ? 0u : 9u), output);
    }

    [Fact]
    public void MemberThatNeverComes_IsAFinding() => Assert.Equal("member-mask", PtxKernel.Fault("""
        setp.lt.u32 %p0, %r0, 4;
        @%p0 bra few;
        shfl.sync.bfly.b32 %r2, %r0, 1, 31, -1;
        bra end;
        few: vote.sync.ballot.b32 %r2, %p0, -1;
        end:
        """).Kind);

    [Theory]
    [InlineData("vote.sync.ballot.b32 %r2, %p0, -1;", 0x1Fu)]
    [InlineData("vote.sync.ballot.b32 %r2, !%p0, -1;", 0xFFFFFFE0u)]
    [InlineData("vote.sync.any.pred %p1, %p0, -1; selp.u32 %r2, 1, 0, %p1;", 1u)]
    [InlineData("vote.sync.all.pred %p1, %p0, -1; selp.u32 %r2, 1, 0, %p1;", 0u)]
    [InlineData("vote.sync.uni.pred %p1, %p0, -1; selp.u32 %r2, 1, 0, %p1;", 0u)]
    [InlineData("redux.sync.add.u32 %r2, %r0, -1;", 496u)]
    [InlineData("redux.sync.max.s32 %r2, %r3, -1;", 0u)]
    [InlineData("redux.sync.min.s32 %r2, %r3, -1;", 0xFFFFFFE1u)]
    [InlineData("redux.sync.xor.b32 %r2, %r0, -1;", 0u)]
    [InlineData("match.any.sync.b32 %r2, %r4, -1;", 0xFFFFu)]
    [InlineData("match.all.sync.b32 %r2|%p1, %r4, -1;", 0u)]
    [InlineData("elect.sync %r2|%p1, 0xffffffff;", 0u)]
    [InlineData("activemask.b32 %r2;", 0xFFFFFFFFu)]
    [InlineData("mov.u32 %r2, %lanemask_ge;", 0xFFFFFFFFu)]
    public void WholeWarp_GivesLane0(string body, uint expected)
    {
        const string Setup = "setp.lt.u32 %p0, %r0, 5; neg.s32 %r3, %r0; shr.u32 %r4, %r0, 4;";

        Assert.Equal(expected, PtxKernel.Run(Setup + body)[0]);
    }
}
