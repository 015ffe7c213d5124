using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Execution;

public class BarrierTests
{
    [Fact]
    public void Sync_ShowsWhatOtherWarpsWrote()
    {
        uint[] output = PtxKernel.Run("""
            .shared .b32 words[128];
            mov.u32 %r3, words;
            mad.lo.u32 %r4, %r0, 4, %r3;
            st.shared.u32 [%r4], %r0;
            bar.sync 0;
            xor.b32 %r5, %r0, 127;
            mad.lo.u32 %r5, %r5, 4, %r3;
            ld.shared.u32 %r2, [%r5];
            """, threads: 128);

        Assert.Equal(Enumerable.Range(0, 128).Select(n => (uint)(127 - n)), output);
    }

    [Fact]
    public void Reduction_CountsLanesOfAllWarps()
    {
        uint[] output = PtxKernel.Run("""
            setp.lt.u32 %p0, %r0, 40;
            bar.red.popc.u32 %r2, 1, %p0;
            bar.red.popc.u32 %r3, 1, !%p0;
            mad.lo.u32 %r2, %r3, 1000, %r2;
            bar.red.and.pred %p1, 0, %p0;
            @%p1 mov.u32 %r2, 0;
            bar.red.or.pred %p2, 0, %p0;
            @!%p2 mov.u32 %r2, 0;
            """, threads: 96);

        Assert.All(output, word => Assert.Equal(56040u, word));
    }

    [Fact]
    public void Arrive_DoesNotWait()
    {
        uint[] output = PtxKernel.Run("""
            .shared .b32 flag;
            setp.lt.u32 %p0, %r0, 32;
            @%p0 bra producer;
            bar.sync 3, 64;
            ld.shared.u32 %r2, [flag];
            bra end;
            producer: st.shared.u32 [flag], 5;
            bar.arrive 3, 64;
            mov.u32 %r2, 1;
            end:
            """, threads: 64);

        Assert.Equal(Enumerable.Range(0, 64).Select(n => n < 32 ? 1u : 5u), output);
    }

    [Fact]
    public void Barrier_UnalignedMayBeReachedInParts()
    {
        uint[] output = PtxKernel.Run("""
            setp.lt.u32 %p0, %r0, 3;
            @%p0 bra few;
            barrier.sync 0;
            mov.u32 %r2, 1;
            bra end;
            few: barrier.sync 0;
            mov.u32 %r2, 2;
            end:
            """, threads: 64);

        Assert.Equal(Enumerable.Range(0, 64).Select(n => n < 3 ? 2u : 1u), output);
    }

    [Theory]
    [InlineData("setp.lt.u32 %p0, %r0, 3; @%p0 bar.sync 0;", "divergent-barrier")]
    [InlineData("setp.lt.u32 %p0, %r0, 3; @%p0 bra a; bar.sync 0; a: bar.sync 1;", "divergent-barrier")]
    [InlineData("setp.lt.u32 %p0, %r0, 32; @%p0 bar.sync 0, 64; @!%p0 bar.sync 0, 32;", "divergent-barrier")]
    [InlineData("bar.sync 1, 40;", "divergent-barrier")]
    [InlineData("bar.sync 16;", "divergent-barrier")]
    [InlineData("bar.arrive 1, 64; bar.sync 1, 64;", "divergent-barrier")]
    [InlineData("setp.lt.u32 %p0, %r0, 32; @%p0 exit; bar.sync 1, 64;", "deadlock")]
    [InlineData("setp.lt.u32 %p0, %r0, 32; @%p0 bar.sync 1; @!%p0 bar.sync 2;", "deadlock")]
    public void Misuse_IsAFinding(string body, string kind)
    {
        EmulatorFinding finding = PtxKernel.Fault(body, threads: 64);

        Assert.Equal(kind, finding.Kind);
        Assert.True(finding.PtxLine > 0);
    }

    [Fact]
    public void Sync_GoesOnWhenTheOtherWarpsHaveLeft()
    {
        uint[] output = PtxKernel.Run("""
            setp.ge.u32 %p0, %r0, 32;
            @%p0 bra end;
            bar.sync 0;
            mov.u32 %r2, 1;
            end:
            """, threads: 96);

        Assert.Equal(32, output.Count(word => word == 1));
    }
}
