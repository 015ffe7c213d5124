using System.Runtime.InteropServices;
using ViCA.Native.Gpu;
using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Execution;

public class MemoryTests
{
    [Theory]
    [InlineData("ld.global.u8 %r2, [%rd2+1];", 0x80u)]
    [InlineData("ld.global.s8 %r2, [%rd2+1];", 0xFFFFFF80u)]
    [InlineData("ld.global.u16 %r2, [%rd2+2];", 0xFFEEu)]
    [InlineData("ld.global.s16 %r2, [%rd2+2];", 0xFFFFFFEEu)]
    [InlineData("ld.global.nc.L1::no_allocate.L2::128B.b32 %r2, [%rd2];", 0xFFEE8001u)]
    [InlineData("ld.global.s32 %rd5, [%rd2]; shr.u64 %rd5, %rd5, 32; cvt.u32.u64 %r2, %rd5;", 0xFFFFFFFFu)]
    [InlineData("ld.global.u32 %rd5, [%rd2]; shr.u64 %rd5, %rd5, 32; cvt.u32.u64 %r2, %rd5;", 0u)]
    [InlineData("ld.global.v2.u16 {%h0, %h1}, [%rd2]; mov.b32 %r2, {%h1, %h0};", 0x8001FFEEu)]
    [InlineData("ld.global.v4.u8 {%h0, _, _, %h1}, [%rd2]; mov.b32 %r2, {%h1, %h0};", 0x000100FFu)]
    public void Load_ExtendsByItsType(string body, uint expected)
    {
        uint[] output = PtxKernel.Run(body, [.. Enumerable.Repeat(0xFFEE8001u, 32)]);

        Assert.All(output, word => Assert.Equal(expected, word));
    }

    [Fact]
    public void GenericAddresses_ReachSharedGlobalLocalAndParameters()
    {
        uint[] output = PtxKernel.Run("""
            .shared .b32 s[32];
            .local .b32 l;
            mov.u64 %rd5, s;
            mad.wide.u32 %rd5, %r0, 4, %rd5;
            cvta.shared.u64 %rd6, %rd5;
            st.u32 [%rd6], 1;
            mov.u64 %rd7, l;
            cvta.local.u64 %rd7, %rd7;
            st.u32 [%rd7], 20;
            cvta.to.shared.u64 %rd8, %rd6;
            ld.shared.u32 %r3, [%rd8];
            ld.local.u32 %r4, [l];
            add.u32 %r2, %r3, %r4;
            ld.u32 %r5, [%rd2];
            add.u32 %r2, %r2, %r5;
            mov.b64 %rd9, input;
            cvta.param.u64 %rd9, %rd9;
            ld.u64 %rd9, [%rd9];
            setp.eq.u64 %p0, %rd9, %rd0;
            @%p0 add.u32 %r2, %r2, 4000;
            isspacep.shared %p1, %rd6;
            @%p1 add.u32 %r2, %r2, 50000;
            isspacep.global %p2, %rd6;
            @%p2 mov.u32 %r2, 0;
            """, [.. Enumerable.Repeat(300u, 32)]);

        Assert.All(output, word => Assert.Equal(54321u, word));
    }

    [Theory]
    [InlineData("ld.global.u32 %r2, [%rd2+128];", "out-of-bounds-read")]
    [InlineData("ld.global.u32 %r2, [%rd2+-4];", "out-of-bounds-read")]
    [InlineData("st.global.u64 [%rd3+8], %rd0;", "misaligned")]
    [InlineData("st.global.u32 [%rd3+4], %r0;", "out-of-bounds-write")]
    [InlineData("mov.u64 %rd5, 0; ld.global.u32 %r2, [%rd5];", "out-of-bounds-read")]
    [InlineData("mov.u32 %r3, 16; st.shared.u32 [%r3], %r0;", "out-of-bounds-write")]
    [InlineData("mov.u64 %rd5, 1000000; st.local.u8 [%rd5], %r0;", "out-of-bounds-write")]
    [InlineData("red.global.add.u32 [%rd3+64], 1;", "out-of-bounds-write")]
    [InlineData("ld.global.v4.u32 {%r3, %r4, %r5, %r6}, [%rd2];", "misaligned")]
    public void WrongAddress_IsAFinding(string body, string kind)
    {
        EmulatorFinding finding = PtxKernel.Fault(body);

        Assert.Equal(kind, finding.Kind);
        Assert.Contains("thread", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_IsThatOfTheFirstBlock()
    {
        EmulatorException error = Assert.Throws<EmulatorException>(() => PtxKernel.Run("""
            mov.u32 %r3, %ctaid.x;
            setp.lt.u32 %p0, %r3, 5;
            @%p0 bra fine;
            st.global.u32 [%rd3+1000000], %r0;
            fine:
            """, blocks: 64));

        Assert.Contains("block (5, 0, 0)", error.Finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("red.global.add.u32 [cell], 1;", 2048u)]
    [InlineData("atom.global.add.u32 %r3, [cell], 2;", 4096u)]
    [InlineData("red.global.max.u32 [cell], %r0;", 2047u)]
    [InlineData("red.global.inc.u32 [cell], 99;", 48u)]
    [InlineData("red.global.add.f32 [cell], 0f3F800000;", 0x45000000u)]
    [InlineData("red.global.add.u64 [cell], 1;", 2048u)]
    [InlineData("again: ld.global.u32 %r3, [cell]; add.u32 %r4, %r3, 1; atom.global.cas.b32 %r5, [cell], %r3, %r4;"
        + "setp.ne.u32 %p0, %r5, %r3; @%p0 bra again;", 2048u)]
    public void Atomics_OfParallelBlocksAreNotLost(string body, uint expected)
    {
        uint[] output = PtxKernel.Run(body + """
            membar.gl;
            bar.sync 0;
            atom.global.add.u32 %r6, [done], 1;
            wait: ld.volatile.global.u32 %r7, [done];
            setp.lt.u32 %p1, %r7, 2048;
            @%p1 bra wait;
            ld.volatile.global.u32 %r2, [cell];
            """, blocks: 16, threads: 128, declarations: ".global .align 8 .u64 cell = 0; .global .u32 done = 0;");

        Assert.All(output, word => Assert.Equal(expected, word));
    }

    [Theory]
    [InlineData("ld.global.u32 %p0, [%rd2];")]
    [InlineData("st.global.u32 [%rd3], %p0;")]
    public void Predicate_HasNoBytesInMemory(string body)
    {
        PtxFormatException refusal = Assert.Throws<PtxFormatException>(() => PtxKernel.Run(body));

        Assert.Contains("a predicate has no bytes in memory", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryThatWasFreedBetweenLaunches_IsOutOfBounds()
    {
        using EmulatedMemory memory = new();
        using EmulatedModule module = new(PtxModule.Parse(PtxKernel.Text("")), memory);
        ulong input = memory.Allocate(32 * sizeof(uint));
        ulong output = memory.Allocate(32 * sizeof(uint));
        Launch();
        memory.Free(output);

        EmulatorException exception = Assert.Throws<EmulatorException>(Launch);

        Assert.Equal(FindingKinds.OutOfBoundsWrite, exception.Finding.Kind);

        void Launch() => module.Launch(
            "k", 1, 32, 0, MemoryMarshal.AsBytes<ulong>([input, output]), EmulatorMode.Run, 1, CancellationToken.None);
    }
}
