using ViCA.Native.Gpu.Emulator.Arithmetic;

namespace ViCA.Native.Tests.Emulator.Arithmetic;

/// <summary>Integer instructions against the instruction tables: edge values, amounts beyond the width.</summary>
public sealed class IntegerTests
{
    [Fact]
    public void Words_AreAsInTheTable()
    {
        InstructionTable table = InstructionTable.Load("int32_ops", "edges");
        uint[][] inputs = [.. new[] { "A", "B", "C", "S", "L" }.Select(name =>
            table.Input(name).Select(bits => (uint)bits).ToArray())];
        table.Check((what, i) => Word(what, inputs[0][i], inputs[1][i], inputs[2][i], inputs[3][i], inputs[4][i]));
    }

    [Fact]
    public void DoubleWords_AreAsInTheTable()
    {
        InstructionTable table = InstructionTable.Load("int64_ops", "edges");
        ulong[][] inputs = [.. new[] { "A", "B", "C", "S", "L" }.Select(table.Input)];
        table.Check((what, i) =>
            DoubleWord(what, inputs[0][i], inputs[1][i], inputs[2][i], (uint)inputs[3][i], (uint)inputs[4][i]));
    }

    [Fact]
    public void HalvesAndConversions_AreAsInTheTable()
    {
        InstructionTable table = InstructionTable.Load("int16_cvt", "edges");
        ulong[][] inputs = [.. new[] { "A", "B", "S" }.Select(table.Input)];
        table.Check((what, i) => what.StartsWith("cvt", StringComparison.Ordinal)
            ? Convert(what, inputs[0][i])
            : Half(what, (ushort)inputs[0][i], (ushort)inputs[1][i], (ushort)(inputs[1][i] >> 16), (uint)inputs[2][i]));
    }

    [Theory]
    [InlineData(0b1011_0000u, 0u, 1, 4u)]
    [InlineData(0b1011_0000u, 0u, 3, 7u)]
    [InlineData(0b1011_0000u, 7u, -2, 5u)]
    [InlineData(0b1011_0000u, 5u, 0, 5u)]
    [InlineData(0b1011_0000u, 6u, 0, uint.MaxValue)]
    [InlineData(0b1011_0000u, 0u, 4, uint.MaxValue)]
    [InlineData(0b1011_0000u, 40u, 1, uint.MaxValue)]
    public void FindNth_CountsSetBitsFromTheBase(uint mask, uint start, int offset, uint expected) =>
        Assert.Equal(expected, BitFields.FindNth(mask, start, offset));

    [Fact]
    public void Multiply24_TakesTheLow24Bits()
    {
        Assert.Equal(unchecked((int)0xffff_fffe), IntegerMath.Multiply24Low(0x7fff_ffff, 2)); // -1 · 2
        Assert.Equal(0x1ff_fffeu, IntegerMath.Multiply24Low(0xffff_ffffu, 2u));
        Assert.Equal(-1, IntegerMath.Multiply24High(0x7fff_ffff, 2));
        Assert.Equal(0x1ffu, IntegerMath.Multiply24High(0xffff_ffffu, 2u));
    }

    [Fact]
    public void DivisionByZero_DoesNotThrow()
    {
        Assert.Equal(uint.MaxValue, IntegerMath.Divide(5u, 0u));
        Assert.Equal(5, IntegerMath.Remainder(5, 0));
        Assert.Equal(long.MinValue, IntegerMath.Divide(long.MinValue, -1L));
        Assert.Equal(0, IntegerMath.Remainder(int.MinValue, -1));
    }

    private static ulong Word(string what, uint a, uint b, uint c, uint s, uint l)
    {
        uint d = b == 0 ? 7 : b;
        if (a == 0x8000_0000 && d == uint.MaxValue)
            d = 3;
        return what switch
        {
            "add.u32" => a + b,
            "sub.s32" => a - b,
            "add.sat.s32" => (uint)IntegerMath.AddSaturating((int)a, (int)b),
            "sub.sat.s32" => (uint)IntegerMath.SubtractSaturating((int)a, (int)b),
            "mul.lo.s32" or "mul.lo.u32" => a * b,
            "mul.hi.s32" => (uint)IntegerMath.MultiplyHigh((int)a, (int)b),
            "mul.hi.u32" => IntegerMath.MultiplyHigh(a, b),
            "mad.lo.s32" or "mad.lo.u32" => (a * b) + c,
            "mad.hi.s32" => (uint)IntegerMath.MultiplyHigh((int)a, (int)b) + c,
            "mad.hi.u32" => IntegerMath.MultiplyHigh(a, b) + c,
            "mad.hi.sat.s32" => (uint)IntegerMath.MultiplyHighAddSaturating((int)a, (int)b, (int)c),
            "sad.s32" => IntegerMath.SumOfAbsoluteDifference((int)a, (int)b, c),
            "sad.u32" => IntegerMath.SumOfAbsoluteDifference(a, b, c),
            "shl.b32" => Shifts.Left(a, s),
            "shr.u32" or "shr.b32" => Shifts.Right(a, s),
            "shr.s32" => (uint)Shifts.Right((int)a, s),
            "div.s32" => (uint)IntegerMath.Divide((int)a, (int)d),
            "div.u32" => IntegerMath.Divide(a, d),
            "rem.s32" => (uint)IntegerMath.Remainder((int)a, (int)d),
            "rem.u32" => IntegerMath.Remainder(a, d),
            "min.s32" => (uint)Math.Min((int)a, (int)b),
            "min.u32" => Math.Min(a, b),
            "max.s32" => (uint)Math.Max((int)a, (int)b),
            "max.u32" => Math.Max(a, b),
            "and.b32" => a & b,
            "or.b32" => a | b,
            "xor.b32" => a ^ b,
            "not.b32" => ~a,
            "cnot.b32" => a == 0 ? 1u : 0,
            "neg.s32" => 0 - a,
            "abs.s32" => (uint)IntegerMath.Absolute((int)a),
            "popc.b32" => BitFields.CountOnes(a),
            "clz.b32" => BitFields.CountLeadingZeros(a),
            "brev.b32" => BitFields.Reverse(a),
            "bfind.u32" => BitFields.Find(a, shiftAmount: false),
            "bfind.s32" => BitFields.Find((int)a, shiftAmount: false),
            "bfind.shiftamt.u32" => BitFields.Find(a, shiftAmount: true),
            "bfind.shiftamt.s32" => BitFields.Find((int)a, shiftAmount: true),
            "bfe.u32" => BitFields.Extract(a, s, l),
            "bfe.s32" => (uint)BitFields.Extract((int)a, s, l),
            "bfi.b32" => BitFields.Insert(a, b, s, l),
            "bmsk.clamp.b32" => BitFields.Mask(s, l, clamp: true),
            "bmsk.wrap.b32" => BitFields.Mask(s, l, clamp: false),
            "szext.clamp.s32" => (uint)BitFields.Extend((int)a, s, clamp: true),
            "szext.clamp.u32" => BitFields.Extend(a, s, clamp: true),
            "szext.wrap.s32" => (uint)BitFields.Extend((int)a, s, clamp: false),
            "szext.wrap.u32" => BitFields.Extend(a, s, clamp: false),
            "prmt.b32" => PackedBytes.Permute(a, b, c, PermuteMode.Generic),
            "prmt.b32.f4e" => PackedBytes.Permute(a, b, c, PermuteMode.Forward),
            "prmt.b32.b4e" => PackedBytes.Permute(a, b, c, PermuteMode.Backward),
            "prmt.b32.rc8" => PackedBytes.Permute(a, b, c, PermuteMode.Replicate8),
            "prmt.b32.ecl" => PackedBytes.Permute(a, b, c, PermuteMode.EdgeClampLeft),
            "prmt.b32.ecr" => PackedBytes.Permute(a, b, c, PermuteMode.EdgeClampRight),
            "prmt.b32.rc16" => PackedBytes.Permute(a, b, c, PermuteMode.Replicate16),
            "dp4a.s32.s32" => PackedBytes.DotProduct4(a, b, c, aSigned: true, bSigned: true),
            "dp4a.u32.u32" => PackedBytes.DotProduct4(a, b, c, aSigned: false, bSigned: false),
            "dp4a.s32.u32" => PackedBytes.DotProduct4(a, b, c, aSigned: true, bSigned: false),
            "dp4a.u32.s32" => PackedBytes.DotProduct4(a, b, c, aSigned: false, bSigned: true),
            "dp2a.lo.s32.s32" => PackedBytes.DotProduct2(a, b, c, high: false, aSigned: true, bSigned: true),
            "dp2a.hi.s32.s32" => PackedBytes.DotProduct2(a, b, c, high: true, aSigned: true, bSigned: true),
            "dp2a.lo.u32.u32" => PackedBytes.DotProduct2(a, b, c, high: false, aSigned: false, bSigned: false),
            "dp2a.hi.u32.s32" => PackedBytes.DotProduct2(a, b, c, high: true, aSigned: false, bSigned: true),
            "lop3.b32 0x96" => BitFields.Logic(a, b, c, 0x96),
            "lop3.b32 0xe8" => BitFields.Logic(a, b, c, 0xe8),
            "lop3.b32 0xca" => BitFields.Logic(a, b, c, 0xca),
            "lop3.b32 0x1b" => BitFields.Logic(a, b, c, 0x1b),
            "lop3.b32 0x00" => BitFields.Logic(a, b, c, 0x00),
            "lop3.b32 0xff" => BitFields.Logic(a, b, c, 0xff),
            "shf.l.wrap.b32" => Shifts.FunnelLeft(a, b, s, clamp: false),
            "shf.l.clamp.b32" => Shifts.FunnelLeft(a, b, s, clamp: true),
            "shf.r.wrap.b32" => Shifts.FunnelRight(a, b, s, clamp: false),
            "shf.r.clamp.b32" => Shifts.FunnelRight(a, b, s, clamp: true),
            "slct.u32.s32" => (int)c >= 0 ? a : b,
            "set.lt.u32.s32" => FloatCompare.Compare(CompareOperator.Less, (int)a, (int)b) ? uint.MaxValue : 0,
            "set.hs.u32.u32" => FloatCompare.Compare(CompareOperator.GreaterOrEqual, a, (ulong)b) ? uint.MaxValue : 0,
            _ => throw new ArgumentException(what),
        };
    }

    private static ulong DoubleWord(string what, ulong a, ulong b, ulong c, uint s, uint l)
    {
        ulong d = b == 0 ? 7 : b;
        if (a == 0x8000_0000_0000_0000 && d == ulong.MaxValue)
            d = 3;
        return what switch
        {
            "add.s64" => a + b,
            "sub.u64" => a - b,
            "mul.lo.s64" => a * b,
            "mul.hi.s64" => (ulong)IntegerMath.MultiplyHigh((long)a, (long)b),
            "mul.hi.u64" => IntegerMath.MultiplyHigh(a, b),
            "mad.lo.s64" => (a * b) + c,
            "mad.hi.s64" => (ulong)IntegerMath.MultiplyHigh((long)a, (long)b) + c,
            "mad.hi.u64" => IntegerMath.MultiplyHigh(a, b) + c,
            "mul.wide.s32" => (ulong)((long)(int)a * (int)b),
            "mul.wide.u32" => (ulong)(uint)a * (uint)b,
            "mad.wide.s32" => (ulong)((long)(int)a * (int)b) + c,
            "mad.wide.u32" => ((ulong)(uint)a * (uint)b) + c,
            "shl.b64" => Shifts.Left(a, s),
            "shr.u64" => Shifts.Right(a, s),
            "shr.s64" => (ulong)Shifts.Right((long)a, s),
            "div.s64" => (ulong)IntegerMath.Divide((long)a, (long)d),
            "div.u64" => IntegerMath.Divide(a, d),
            "rem.s64" => (ulong)IntegerMath.Remainder((long)a, (long)d),
            "rem.u64" => IntegerMath.Remainder(a, d),
            "min.s64" => (ulong)Math.Min((long)a, (long)b),
            "min.u64" => Math.Min(a, b),
            "max.s64" => (ulong)Math.Max((long)a, (long)b),
            "max.u64" => Math.Max(a, b),
            "and.b64" => a & b,
            "or.b64" => a | b,
            "xor.b64" => a ^ b,
            "not.b64" => ~a,
            "cnot.b64" => a == 0 ? 1u : 0,
            "neg.s64" => 0 - a,
            "abs.s64" => (ulong)IntegerMath.Absolute((long)a),
            "brev.b64" => BitFields.Reverse(a),
            "popc.b64" => BitFields.CountOnes(a),
            "clz.b64" => BitFields.CountLeadingZeros(a),
            "bfind.u64" => BitFields.Find(a, shiftAmount: false),
            "bfind.s64" => BitFields.Find((long)a, shiftAmount: false),
            "bfind.shiftamt.u64" => BitFields.Find(a, shiftAmount: true),
            "bfe.u64" => BitFields.Extract(a, s, l),
            "bfe.s64" => (ulong)BitFields.Extract((long)a, s, l),
            "bfi.b64" => BitFields.Insert(a, b, s, l),
            "sad.s64" => IntegerMath.SumOfAbsoluteDifference((long)a, (long)b, c),
            "sad.u64" => IntegerMath.SumOfAbsoluteDifference(a, b, c),
            "add.cc+addc" => Chain((uint)a, (uint)(a >> 32), (uint)b, (uint)(b >> 32), CarryChain.Add),
            "sub.cc+subc" => Chain((uint)a, (uint)(a >> 32), (uint)b, (uint)(b >> 32), CarryChain.Subtract),
            "mad.lo.cc+madc.hi" => MultiplyChain((uint)a, (uint)(a >> 32), (uint)b, (uint)(b >> 32)),
            _ => throw new ArgumentException(what),
        };
    }

    private delegate uint CarryStep(uint a, uint b, ref uint carry);

    private static ulong Chain(uint aLow, uint aHigh, uint bLow, uint bHigh, CarryStep step)
    {
        uint carry = 0;
        uint low = step(aLow, bLow, ref carry);
        return ((ulong)step(aHigh, bHigh, ref carry) << 32) | low;
    }

    private static ulong MultiplyChain(uint aLow, uint aHigh, uint bLow, uint bHigh)
    {
        uint carry = 0;
        uint low = CarryChain.Add(aHigh * 3, aLow * bLow, ref carry);
        uint high = IntegerMath.MultiplyHigh(aLow, bLow);
        return ((ulong)CarryChain.Add(IntegerMath.MultiplyHigh(aHigh, bHigh), high, ref carry) << 32) | low;
    }

    private static ulong Half(string what, ushort x, ushort y, ushort z, uint s) => what switch
    {
        "add.s16" => (ushort)(x + y),
        "sub.u16" => (ushort)(x - y),
        "mul.lo.s16" => (ushort)(x * y),
        "mul.hi.s16" => (ushort)IntegerMath.MultiplyHigh((short)x, (short)y),
        "mul.hi.u16" => IntegerMath.MultiplyHigh(x, y),
        "mad.lo.s16" => (ushort)((x * y) + z),
        "mul.wide.s16" => (uint)((short)x * (short)y),
        "mul.wide.u16" => (uint)x * y,
        "shl.b16" => Shifts.Left(x, s),
        "shr.u16" => Shifts.Right(x, s),
        "shr.s16" => (ushort)Shifts.Right((short)x, s),
        "min.s16" => (ushort)Math.Min((short)x, (short)y),
        "max.u16" => Math.Max(x, y),
        "and.b16" => (ushort)(x & y),
        "xor.b16" => (ushort)(x ^ y),
        _ => throw new ArgumentException(what),
    };

    /// <summary>The names have the destination's and the source's type; registers hold at least 16 bits.</summary>
    private static ulong Convert(string what, ulong a)
    {
        string[] words = what.Split('.');
        (string to, string from) = (words[^2], words[^1]);
        ulong result = Conversion.IntegerToInteger(
            a, Width(from), from[0] == 's', Width(to), to[0] == 's', words.Contains("sat"));
        int register = what is "cvt.u16.u64" or "cvt.s16.s64" or "cvt.sat.s16.s64" or "cvt.sat.u16.s64"
            ? 16
            : Math.Max(Width(to), 32);
        return Conversion.Extend(result, register, signed: false);
    }

    private static int Width(string type) => int.Parse(type[1..], System.Globalization.CultureInfo.InvariantCulture);
}
