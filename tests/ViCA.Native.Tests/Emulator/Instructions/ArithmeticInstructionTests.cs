using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Tests.Emulator.Instructions;

/// <summary>Forms of arithmetic instructions that the fixtures' kernels do not contain.</summary>
public sealed class ArithmeticInstructionTests
{
    public static TheoryData<string, ulong, ulong, ulong, ulong> HalvesCases => new()
    {
        { "add.f16 %h0, %h1, %h2", 0x3c00, 0x4000, 0, 0x4200 }, // 1 + 2
        { "sub.rn.f16 %h0, %h1, %h2", 0x4200, 0x3c00, 0, 0x4000 },
        { "mul.sat.f16 %h0, %h1, %h2", 0x3e00, 0x4000, 0, 0x3c00 },
        { "fma.rn.f16 %h0, %h1, %h2, %h3", 0x3c00, 0x4000, 0x3c00, 0x4200 },
        { "fma.rn.relu.f16 %h0, %h1, %h2, %h3", 0xbc00, 0x4000, 0x3c00, 0 },
        { "min.f16 %h0, %h1, %h2", 0x3c00, 0xbc00, 0, 0xbc00 },
        { "max.NaN.f16 %h0, %h1, %h2", 0x3c00, 0x7e00, 0, 0x7fff },
        { "min.xorsign.abs.f16 %h0, %h1, %h2", 0x3c00, 0xc000, 0, 0xbc00 },
        { "neg.f16 %h0, %h1", 0x3c00, 0, 0, 0xbc00 },
        { "abs.bf16 %h0, %h1", 0xbf80, 0, 0, 0x3f80 },
        { "add.rn.bf16 %h0, %h1, %h2", 0x3f80, 0x3f80, 0, 0x4000 },
        { "fma.rn.bf16 %h0, %h1, %h2, %h3", 0x3f80, 0x4000, 0x3f80, 0x4040 },
        { "ex2.approx.f16 %h0, %h1", 0x4000, 0, 0, 0x4400 },
        { "ex2.approx.ftz.bf16x2 %r0, %r1", 0x4000_3f80, 0, 0, 0x4080_4000 },
        { "tanh.approx.f16x2 %r0, %r1", 0x7c00_8000, 0, 0, 0x3c00_8000 },
        { "setp.lt.f16 %p0, %h1, %h2", 0x3c00, 0x4000, 0, 1 },
        { "setp.geu.bf16 %p0, %h1, %h2", 0x7fc0, 0x4000, 0, 1 },
        { "set.eq.u32.f16 %r0, %h1, %h2", 0x0000, 0x8000, 0, 0xffff_ffff },
        { "set.gt.f16.f16 %h0, %h1, %h2", 0x4000, 0x3c00, 0, 0x3c00 },
    };

    [Theory]
    [MemberData(nameof(HalvesCases))]
    public void Halves_GiveTheValuesOfTheIsa(string instructions, ulong a, ulong b, ulong c, ulong expected) =>
        Check(instructions, a, b, c, expected);

    public static TheoryData<string, ulong, ulong, ulong, ulong> FloatsCases => new()
    {
        { "mad.rn.f32 %r0, %r1, %r2, %r3", 0x4000_0000, 0x4040_0000, 0x3f80_0000, 0x40e0_0000 }, // 2 · 3 + 1
        { "min.xorsign.abs.f32 %r0, %r1, %r2", 0x3f80_0000, 0xc000_0000, 0, 0xbf80_0000 },
        { "max.ftz.NaN.f32 %r0, %r1, %r2", 0x7f80_0001, 0, 0, 0x7fff_ffff },
        { "add.rz.ftz.f32 %r0, %r1, %r2", 0x3f80_0000, 0xb000_0001, 0, 0x3f7f_ffff },
        { "sin.approx.ftz.f32 %r0, %r1", 0x8000_0001, 0, 0, 0x8000_0000 },
        { "div.approx.ftz.f32 %r0, %r1, %r2", 0x40c0_0000, 0x4000_0000, 0, 0x4040_0000 },
        { "slct.f32.f32 %r0, %r1, %r2, %r3", 1, 2, 0x8000_0000, 1 }, // -0 counts as not negative
        { "slct.f32.f32 %r0, %r1, %r2, %r3", 1, 2, 0x7fff_ffff, 2 },
        { "slct.b64.s32 %w0, %w1, %w2, %r3", 1, 2, 0xffff_ffff, 2 },
        { "setp.ltu.f32 %p0, %r1, %r2", 0x7fc0_0000, 0, 0, 1 },
        { "setp.gtu.f32 %p0, %r1, %r2", 0x3f80_0000, 0x3f80_0000, 0, 0 },
        { "setp.leu.f64 %p0, %w1, %w2", 0x7ff8_0000_0000_0000, 0, 0, 1 },
        { "set.lt.f32.f64 %r0, %w1, %w2", 0xbff0_0000_0000_0000, 0, 0, 0x3f80_0000 },
        { "testp.subnormal.f64 %p0, %w1", 1, 0, 0, 1 },
        { "copysign.f64 %w0, %w1, %w2", 0x8000_0000_0000_0000, 0x3ff0_0000_0000_0000, 0, 0xbff0_0000_0000_0000 },
        { "rcp.approx.ftz.f64 %w0, %w1", 0x4008_0000_0000_0000, 0, 0, 0x3fd5_5555_0000_0000 },
        { "rsqrt.approx.f64 %w0, %w1", 0x4010_0000_0000_0000, 0, 0, 0x3fe0_0000_0000_0000 },
    };

    [Theory]
    [MemberData(nameof(FloatsCases))]
    public void Floats_GiveTheValuesOfTheIsa(string instructions, ulong a, ulong b, ulong c, ulong expected) =>
        Check(instructions, a, b, c, expected);

    public static TheoryData<string, ulong, ulong, ulong, ulong> IntegersCases => new()
    {
        { "neg.s16 %h0, %h1", 0x8000, 0, 0, 0x8000 },
        { "abs.s16 %h0, %h1", 0xffff, 0, 0, 1 },
        { "div.s16 %h0, %h1, %h2", 0xfff9, 2, 0, 0xfffd }, // -7 / 2
        { "rem.s16 %h0, %h1, %h2", 0xfff9, 2, 0, 0xffff },
        { "div.u16 %h0, %h1, %h2", 0xfff9, 2, 0, 0x7ffc },
        { "not.b16 %h0, %h1", 0xff00, 0, 0, 0x00ff },
        { "sad.u16 %h0, %h1, %h2, %h3", 3, 10, 0xfffe, 5 },
        { "mad.wide.s16 %r0, %h1, %h2, %r3", 0xffff, 3, 1, 0xffff_fffe },
        { "mul24.lo.s32 %r0, %r1, %r2", 0x7fff_ffff, 2, 0, 0xffff_fffe },
        { "mul24.hi.u32 %r0, %r1, %r2", 0xffff_ffff, 2, 0, 0x1ff },
        { "mad24.lo.u32 %r0, %r1, %r2, %r3", 0x0100_0003, 2, 1, 7 },
        { "fns.b32 %r0, %r1, %r2, %r3", 0xb0, 0, 3, 7 },
        { "bfe.u32 %r0, %r1, 8, 8", 0x1234_5678, 0, 0, 0x56 },
        { "prmt.b32 %r0, %r1, %r2, 0x5410", 0x1111_2222, 0x3333_4444, 0, 0x4444_2222 },
        { "min.relu.s32 %r0, %r1, %r2", 0xffff_fffb, 3, 0, 0 },
        { "add.u16x2 %r0, %r1, %r2", 0xffff_0001, 0x0001_ffff, 0, 0 },
        { "min.u16x2 %r0, %r1, %r2", 0xffff_0001, 0x0002_ffff, 0, 0x0002_0001 },
        { "max.s16x2 %r0, %r1, %r2", 0xffff_0001, 0x0002_8000, 0, 0x0002_0001 },
        { "max.relu.s16x2 %r0, %r1, %r2", 0xffff_0001, 0xfffe_8000, 0, 0x0000_0001 },
        { "add.cc.u64 %w1, %w1, %w2; addc.u64 %w0, %w3, 0", ulong.MaxValue, 1, 5, 6 },
        { "sub.cc.u32 %r1, %r1, %r2; subc.u32 %r0, %r3, 0", 0, 1, 5, 4 },
        { "mad.lo.cc.u64 %w1, %w1, %w2, %w3; madc.hi.u64 %w0, %w3, 2, 0", 1, 1, ulong.MaxValue, 2 },
    };

    [Theory]
    [MemberData(nameof(IntegersCases))]
    public void Integers_GiveTheValuesOfTheIsa(string instructions, ulong a, ulong b, ulong c, ulong expected) =>
        Check(instructions, a, b, c, expected);

    public static TheoryData<string, ulong, ulong, ulong, ulong> PredicatesCases => new()
    {
        { "setp.ne.u32 %p2, %r3, 0; setp.lt.and.s32 %p0|%p1, %r1, %r2, %p2", 0xffff_ffff, 0, 1, 1 },
        { "setp.ne.u32 %p2, %r3, 0; setp.lt.and.s32 %p1|%p0, %r1, %r2, %p2", 1, 0, 1, 1 },
        { "setp.ne.u32 %p2, %r3, 0; setp.lt.and.s32 %p1|%p0, %r1, %r2, %p2", 1, 0, 0, 0 },
        { "setp.ne.u32 %p2, %r3, 0; setp.lt.or.s32 %p0, %r1, %r2, !%p2", 1, 0, 0, 1 },
        { "setp.ne.u32 %p2, %r3, 0; setp.eq.xor.b16 %p0, %h1, %h2, %p2", 0x1_0007, 7, 1, 0 },
        { "setp.ne.u32 %p2, %r3, 0; set.ge.or.u32.s32 %r0, %r1, %r2, %p2", 1, 2, 1, 0xffff_ffff },
        { "setp.hi.u64 %p0, %w1, %w2", ulong.MaxValue, 1, 0, 1 },
    };

    [Theory]
    [MemberData(nameof(PredicatesCases))]
    public void Predicates_GiveTheValuesOfTheIsa(string instructions, ulong a, ulong b, ulong c, ulong expected) =>
        Check(instructions, a, b, c, expected);

    public static TheoryData<string, ulong, ulong, ulong, ulong> ConversionsCases => new()
    {
        { "cvt.rn.f16.f64 %h0, %w1", 0x3ff8_0000_0000_0000, 0, 0, 0x3e00 },
        { "cvt.f64.f16 %w0, %h1", 0x3e00, 0, 0, 0x3ff8_0000_0000_0000 },
        { "cvt.rni.f16.f16 %h0, %h1", 0x4100, 0, 0, 0x4000 }, // 2.5
        { "cvt.rn.bf16.s32 %h0, %r1", 3, 0, 0, 0x4040 },
        { "cvt.rzi.s64.f16 %w0, %h1", 0xc100, 0, 0, 0xffff_ffff_ffff_fffe },
        { "cvt.rn.bf16.f16 %h0, %h1", 0x3c00, 0, 0, 0x3f80 },
        { "cvt.rna.tf32.f32 %r0, %r1", 0x3f80_1000, 0, 0, 0x3f80_2000 },
        { "cvt.rn.relu.satfinite.f16.f32 %h0, %r1", 0x7f80_0000, 0, 0, 0x7bff },
        { "cvt.sat.f64.f64 %w0, %w1", 0x7ff8_0000_0000_0000, 0, 0, 0 },
        { "cvt.sat.f64.f64 %w0, %w1", 0x4008_0000_0000_0000, 0, 0, 0x3ff0_0000_0000_0000 },
        { "cvt.sat.u8.s16 %r0, %h1", 0xffff, 0, 0, 0 },
        { "cvt.pack.sat.u8.s32.b32 %r0, %r1, %r2, %r3", 300, 0xffff_fffb, 0x1234, 0x1234_ff00 },
        { "cvt.pack.sat.s16.s32 %r0, %r1, %r2", 70000, 0xfffe_ee90, 0, 0x7fff_8000 },
    };

    [Theory]
    [MemberData(nameof(ConversionsCases))]
    public void Conversions_GiveTheValuesOfTheIsa(string instructions, ulong a, ulong b, ulong c, ulong expected) =>
        Check(instructions, a, b, c, expected);

    [Theory]
    [InlineData("setp.ltu.s32 %p0, %r1, %r2")]
    [InlineData("cvt.rn.satfinite.e4m3x2.f32 %h0, %r1, %r2")]
    [InlineData("vabsdiff4.u32.u32.u32.add %r0, %r1, %r2, %r3")]
    public void WhatIsNotThere_IsRefusedByName(string instruction)
    {
        PtxFormatException refusal =
            Assert.Throws<PtxFormatException>(() => InstructionProbe.Run(instruction, 0, 0, 0));
        Assert.Contains(instruction.Split(' ')[0], refusal.Message, StringComparison.Ordinal);
    }

    private static void Check(string instructions, ulong a, ulong b, ulong c, ulong expected) =>
        Assert.Equal($"{expected:x}", $"{InstructionProbe.Run(instructions, a, b, c):x}");
}
