using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Parsing;

public class OperandTests
{
    [Theory]
    [InlineData("mov.u32 %r2, 0xFF;", 0xFFu)]
    [InlineData("mov.u32 %r2, 0x1234ABCDU;", 0x1234ABCDu)]
    [InlineData("mov.u32 %r2, 0b1011;", 11u)]
    [InlineData("mov.u32 %r2, 017;", 15u)]
    [InlineData("mov.s32 %r2, -1;", 0xFFFFFFFFu)]
    [InlineData("mov.s32 %r2, -2147483648;", 0x80000000u)]
    [InlineData("mov.u32 %r2, 4294967295;", 0xFFFFFFFFu)]
    [InlineData("mov.f32 %f0, 0f3F800000; mov.b32 %r2, %f0;", 0x3F800000u)]
    [InlineData("mov.f32 %f0, 0F3f800000; mov.b32 %r2, %f0;", 0x3F800000u)]
    [InlineData("mov.f32 %f0, 0d3FF8000000000000; mov.b32 %r2, %f0;", 0x3FC00000u)]
    [InlineData("mov.f32 %f0, 1.5; mov.b32 %r2, %f0;", 0x3FC00000u)]
    [InlineData("mov.f32 %f0, -2.5e-1; mov.b32 %r2, %f0;", 0xBE800000u)]
    [InlineData("mov.f64 %fd0, 0d3FF8000000000000; cvt.rn.f32.f64 %f0, %fd0; mov.b32 %r2, %f0;", 0x3FC00000u)]
    [InlineData("mov.f64 %fd0, 0f3FC00000; cvt.rn.f32.f64 %f0, %fd0; mov.b32 %r2, %f0;", 0x3FC00000u)]
    [InlineData("mov.b32 %r2, 0f40000000;", 0x40000000u)]
    [InlineData("mov.b64 %rd5, 0xFFFFFFFF00000007; cvt.u32.u64 %r2, %rd5;", 7u)]
    public void Constants_HaveTheirBits(string body, uint expected) => Assert.Equal(expected, PtxKernel.Run(body)[0]);

    [Fact]
    public void Scopes_HideNamesOfOuterScopes()
    {
        uint[] output = PtxKernel.Run("""
            .reg .b32 x;
            mov.u32 x, 1;
            {
                .reg .b32 x, %r1;
                mov.u32 x, 10;
                mov.u32 %r1, 20;
                add.u32 %r2, x, %r1;
                { .reg .b32 x; mov.u32 x, 100; add.u32 %r2, %r2, x; }
            }
            add.u32 %r2, %r2, x;
            add.u32 %r2, %r2, %r1;
            """, [1000]);

        Assert.Equal(1131u, output[0]);
    }

    [Theory]
    [InlineData("add.u32 %r2, %r1, 1, 2;", "too many operands (found 4, expected 3)")]
    [InlineData("add.u32 %r2, %r1;", "too few operands (2)")]
    [InlineData("add.u32 %r2, %r1 1;", "unexpected '1' (expected ',')")]
    [InlineData("mov.b64 %rd5, {%r1 %r2};", "unexpected '%r2' (expected ',')")]
    [InlineData("bar.warp.sync -1, 3;", "too many operands (found 2, expected 1)")]
    public void Operands_AreAsMany_AsTheInstructionHas(string instruction, string reason) => Assert.Contains(
        reason, Assert.Throws<PtxFormatException>(() => PtxKernel.Run(instruction)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("add.u64 %r2, %rd0, %rd1;", "no register of 64 bits")]
    [InlineData("div.s64 %rd5, %r1, %r2;", "no register of 64 bits")]
    [InlineData("mov.u32 %rd5, 1;", "no register of 32 bits")]
    [InlineData("shl.b64 %r2, %rd0, 1;", "no register of 64 bits")]
    [InlineData("add.u32 _, %r1, %r2;", "no register of 32 bits")]
    [InlineData(".reg .b128 %q; st.global.u32 [%rd1], %q;", "128-bit registers go with .b128 only")]
    [InlineData("ld.global.b128 %rd5, [%rd0];", "128-bit registers go with .b128 only")]
    public void Registers_AreAsWide_AsTheInstructionHas(string instruction, string reason) => Assert.Contains(
        reason, Assert.Throws<PtxFormatException>(() => PtxKernel.Run(instruction)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cvt.rzi.s32.f32 %rd5, %f0; cvt.u32.u64 %r2, %rd5;")]
    [InlineData("cvt.rzi.u32.f32 %rd5, %f0; cvt.u32.u64 %r2, %rd5;")]
    [InlineData("mov.u64 %rd5, 7; cvt.rn.f32.u32 %f1, %rd5; cvt.rzi.u32.f32 %r2, %f1;")]
    public void RegistersOfAConversion_MayBeWider(string conversion) => Assert.All(
        PtxKernel.Run("mov.f32 %f0, 7.5;" + conversion), value => Assert.Equal(7u, value));

    [Fact]
    public void Directives_MayStandTogether()
    {
        uint[] output = PtxKernel.Run("{ .reg.b32 x,y; mov.u32 x, 4; mov.u32 y, 5; add.u32 %r2,x,y; }");

        Assert.Equal(9u, output[0]);
    }

    [Fact]
    public void Labels_BelongToTheirScope()
    {
        uint[] output = PtxKernel.Run("""
            { bra done; mov.u32 %r2, 99; done: add.u32 %r2, %r2, 1; }
            { bra done; mov.u32 %r2, 99; done: add.u32 %r2, %r2, 2; }
            """);

        Assert.Equal(3u, output[0]);
    }

    [Fact]
    public void Vectors_PackAndUnpack()
    {
        uint[] output = PtxKernel.Run("""
            mov.b32 {%h0, %h1}, %r1;
            mov.b32 %r3, {%h1, %h0};
            mov.b64 %rd5, {%r3, %r1};
            mov.b64 {_, %r4}, %rd5;
            mov.b64 {%r5, _}, %rd5;
            sub.u32 %r2, %r5, %r4;
            """, [0x00010002]);

        Assert.Equal(0x00020001u - 0x00010002u, output[0]);
    }

    [Fact]
    public void VectorRegisters_HaveElements()
    {
        uint[] output = PtxKernel.Run("""
            .reg .v4 .b32 v;
            mov.u32 v.x, 1; mov.u32 v.y, 2; mov.u32 v.z, 3; mov.u32 v.w, 4;
            .shared .align 16 .b8 buffer[512];
            mov.u32 %r3, buffer;
            mad.lo.u32 %r3, %r0, 16, %r3;
            st.shared.v4.b32 [%r3], v;
            ld.shared.b32 %r2, [%r3+8];
            """);

        Assert.Equal(3u, output[5]);
    }

    [Fact]
    public void Guards_MayBeNegatedAndNamed()
    {
        uint[] output = PtxKernel.Run("""
            .reg .pred even;
            and.b32 %r3, %r0, 1;
            setp.eq.u32 even|%p1, %r3, 0;
            @even mov.u32 %r2, 10;
            @!even mov.u32 %r2, 20;
            @%p1 add.u32 %r2, %r2, 1;
            """);

        Assert.Equal([10u, 21u, 10u, 21u], output[..4]);
    }

    [Fact]
    public void Variables_AreInitialised()
    {
        const string Declarations = """
            .global .align 4 .u32 numbers[4] = {1, 2, 0x30};
            .global .f32 half = 0.5;
            .const .align 2 .b8 bytes[2][2] = {{1, 2}, {3}};
            .global .u64 pointer = numbers+4;
            .global .u64 pointers[] = {generic(bytes), generic(numbers)+8};
            """;
        uint[] output = PtxKernel.Run("""
            ld.global.u64 %rd5, [pointer];
            ld.global.u32 %r2, [%rd5];
            ld.global.u64 %rd6, [pointers+8];
            ld.u32 %r3, [%rd6];
            add.u32 %r2, %r2, %r3;
            ld.const.u8 %r4, [bytes+2];
            mad.lo.u32 %r2, %r4, 1000, %r2;
            ld.global.u32 %r5, [numbers+12];
            add.u32 %r2, %r2, %r5;
            ld.global.f32 %f0, [half];
            cvt.rzi.u32.f32 %r6, %f0;
            add.u32 %r2, %r2, %r6;
            """, declarations: Declarations);

        Assert.Equal(3050u, output[0]);
    }
}
