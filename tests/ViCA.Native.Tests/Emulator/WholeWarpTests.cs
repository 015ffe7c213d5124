using System.Runtime.Intrinsics.X86;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator;

/// <summary>What goes for a whole warp at once gives what lanes one by one give, on every processor.</summary>
public sealed class WholeWarpTests
{
    public static TheoryData<string> Checks => [.. EmulatorChecks.All.Keys];

    [Theory]
    [MemberData(nameof(Checks))]
    public void GivesWhatLanesOneByOneGive(string check) => EmulatorChecks.All[check]();

    [SkippableFact]
    public void GivesTheSame_WithoutAvx512()
    {
        Skip.IfNot(Avx512F.IsSupported, "this processor has no AVX-512 to switch off");
        NarrowVectors.Check("emulator", EmulatorChecks.All.Count, "DOTNET_EnableAVX512", "512");
    }

    [SkippableTheory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableAVX")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void GivesTheSame_WithoutAvx2(string variable)
    {
        Skip.IfNot(Avx2.IsSupported, "this processor has no AVX2 to switch off");
        NarrowVectors.Check("emulator", EmulatorChecks.All.Count, variable, "256");
    }

    [Theory]
    [InlineData("ld.global.v4.u32 {%r3, %r4, %r5, %r6}, [%rd5];", "misaligned", "thread (7, 0, 0)")]
    [InlineData("st.global.v2.u32 [%rd5], {%r3, %r4};", "misaligned", "thread (7, 0, 0)")]
    [InlineData("@%p1 ld.global.v4.u32 {%r3, %r4, %r5, %r6}, [%rd5];", "misaligned", "thread (7, 0, 0)")]
    [InlineData("ld.global.v4.u32 {%r3, %r4, %r5, %r6}, [%rd6];", "out-of-bounds-read", "thread (8, 0, 0)")]
    [InlineData("st.global.v4.u32 [%rd6], {%r3, %r4, %r5, %r6};", "out-of-bounds-write", "thread (8, 0, 0)")]
    [InlineData("@%p1 st.global.v4.u32 [%rd6], {%r3, %r4, %r5, %r6};", "out-of-bounds-write", "thread (8, 0, 0)")]
    [InlineData("@%p2 st.global.v4.u32 [%rd6], {%r3, %r4, %r5, %r6};", "out-of-bounds-write", "thread (30, 0, 0)")]
    [InlineData("ld.global.u16 %h0, [%rd6];", "out-of-bounds-read", "thread (8, 0, 0)")]
    public void Fault_IsThatOfTheLowestLane(string body, string kind, string thread)
    {
        EmulatorFinding finding = PtxKernel.Fault($"""
            mad.wide.u32 %rd5, %r0, 16, %rd0;
            setp.eq.u32 %p0, %r0, 7;
            @%p0 add.u64 %rd5, %rd0, 4;
            mad.wide.u32 %rd6, %r0, 16, %rd1;
            setp.lt.u32 %p1, %r0, 20;
            setp.ge.u32 %p2, %r0, 30;
            setp.lt.or.u32 %p2, %r0, 8, %p2;
            mov.u32 %r3, 0; mov.u32 %r4, 0; mov.u32 %r5, 0; mov.u32 %r6, 0;
            {body}
            """);

        Assert.Equal(kind, finding.Kind);
        Assert.Contains(thread, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LanesBesideTheMask_MayPointAnywhere()
    {
        uint[] output = PtxKernel.Run("""
            setp.lt.u32 %p0, %r0, 5;
            mov.u64 %rd5, 12345;
            @%p0 mov.u64 %rd5, %rd2;
            @%p0 ld.global.u32 %r2, [%rd5];
            """, [.. Enumerable.Range(100, 32).Select(i => (uint)i)]);

        Assert.Equal([100, 101, 102, 103, 104, .. new uint[27]], output);
    }
}
