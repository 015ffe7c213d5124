namespace ViCA.Native.Tests.Emulator.Execution;

public class CallTests
{
    private const string Fibonacci = """
        .func (.param .b32 result) fib(.param .b32 n)
        {
            .reg .pred %p; .reg .b32 %r<6>;
            ld.param.u32 %r0, [n];
            setp.lt.u32 %p, %r0, 2;
            mov.u32 %r3, %r0;
            @%p bra done;
            sub.u32 %r1, %r0, 1;
            { .param .b32 a; .param .b32 b; st.param.b32 [a], %r1; call.uni (b), fib, (a); ld.param.b32 %r3, [b]; }
            sub.u32 %r1, %r0, 2;
            { .param .b32 a; .param .b32 b; st.param.b32 [a], %r1; call.uni (b), fib, (a); ld.param.b32 %r4, [b]; }
            add.u32 %r3, %r3, %r4;
            done: st.param.b32 [result], %r3;
            ret;
        }
        """;

    [Fact]
    public void Recursion_KeepsTheRegistersOfEachActivation()
    {
        uint[] output = PtxKernel.Run("""
            rem.u32 %r3, %r0, 12;
            .param .b32 a; .param .b32 b;
            st.param.b32 [a], %r3;
            call.uni (b), fib, (a);
            ld.param.b32 %r2, [b];
            """, declarations: Fibonacci);

        uint[] expected = [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89];
        Assert.Equal(Enumerable.Range(0, 32).Select(lane => expected[lane % 12]), output);
    }

    [Fact]
    public void EndlessRecursion_IsAFinding()
    {
        const string Endless = ".func endless() { call endless; ret; }";

        Assert.Equal("stack-overflow", PtxKernel.Fault("call endless;", declarations: Endless).Kind);
    }

    [Fact]
    public void IndirectCall_FollowsEachLanesAddress()
    {
        const string Functions = """
            .func (.param .b32 r) twice(.param .b32 x)
            { .reg .b32 %r; ld.param.u32 %r, [x]; add.u32 %r, %r, %r; st.param.b32 [r], %r; ret; }
            .func (.param .b32 r) square(.param .b32 x)
            { .reg .b32 %r; ld.param.u32 %r, [x]; mul.lo.u32 %r, %r, %r; st.param.b32 [r], %r; ret; }
            .global .u64 table[2] = {twice, square};
            """;
        uint[] output = PtxKernel.Run("""
            and.b32 %r3, %r0, 1;
            mov.u64 %rd5, table;
            mad.wide.u32 %rd5, %r3, 8, %rd5;
            ld.global.u64 %rd6, [%rd5];
            .param .b32 a; .param .b32 b;
            st.param.b32 [a], %r0;
            proto: .callprototype (.param .b32 _) _ (.param .b32 _);
            call (b), %rd6, (a), proto;
            ld.param.b32 %r2, [b];
            """, declarations: Functions);

        Assert.Equal(Enumerable.Range(0, 32).Select(n => (uint)(n % 2 == 0 ? 2 * n : n * n)), output);
    }

    [Fact]
    public void IndirectCall_OfNoFunction_IsAFinding() => Assert.Equal("invalid-call", PtxKernel.Fault("""
        proto: .callprototype _ ();
        mov.u64 %rd5, 64;
        call %rd5, (), proto;
        """).Kind);

    [Fact]
    public void Registers_MayBeParameters()
    {
        uint[] output = PtxKernel.Run("call (%r2), weigh, (%r0, 100);", declarations: """
            .func (.reg .b32 r) weigh(.reg .b32 a, .reg .b32 b) { mad.lo.u32 r, a, b, 5; ret; }
            """);

        Assert.Equal([5u, 105u, 205u], output[..3]);
    }

    [Fact]
    public void LocalMemory_BelongsToLaneAndActivation()
    {
        uint[] output = PtxKernel.Run("""
            .local .align 8 .b8 depot[16];
            mov.u64 %rd5, depot;
            st.local.u32 [%rd5+4], %r0;
            cvta.local.u64 %rd6, %rd5;
            .param .b64 a; .param .b32 b;
            st.param.b64 [a], %rd6;
            call (b), read, (a);
            ld.param.b32 %r2, [b];
            """, declarations: """
            .func (.param .b32 r) read(.param .b64 p)
            {
                .local .b32 own; .reg .b32 %r<3>; .reg .b64 %rd;
                st.local.u32 [own], 1000;
                ld.param.u64 %rd, [p];
                ld.u32 %r0, [%rd+4];
                ld.local.u32 %r1, [own];
                add.u32 %r0, %r0, %r1;
                st.param.b32 [r], %r0;
                ret;
            }
            """);

        Assert.Equal(Enumerable.Range(0, 32).Select(n => (uint)(1000 + n)), output);
    }
}
