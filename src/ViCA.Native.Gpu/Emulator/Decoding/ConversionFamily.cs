using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorConversions;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorOperations;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary><c>cvt</c> (PTX ISA 9.7.9.21).</summary>
internal static class ConversionFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families) =>
        families.Add("cvt", Convert);

    private static Instruction Convert(DecodeContext x)
    {
        if (x.Take("pack"))
            return PackedShortFamily.Pack(x);
        if (x.Types.Count != 2)
            throw x.Unsupported();
        PtxType to = x.Types[0];
        PtxType from = x.Types[1];
        bool integral = x.Modifiers.Any(modifier => modifier is "rni" or "rzi" or "rmi" or "rpi");
        RoundingMode? mode = x.TakeRounding();
        bool flush = x.Take("ftz");
        bool saturate = x.Take("sat");
        NarrowLimit limit = TakeLimit(x, saturate);
        if (to is PtxType.F16x2 or PtxType.BF16x2)
            return Pack(x, to, mode ?? RoundingMode.NearestEven, limit);
        Slot a = x.Read(1, from);
        Slot d = x.Write(0);
        if (Fast(to, from, mode, flush || saturate || limit != NarrowLimit.None, a, d) is Instruction fast)
            return fast;
        LaneFunction function = (from.IsFloat(), to.IsFloat()) switch
        {
            (false, false) => Integers(from, to, saturate),
            (false, true) => FromInteger(x, from, to, mode ?? RoundingMode.NearestEven),
            (true, false) => ToInteger(x, from, to, mode ?? RoundingMode.TowardZero, flush),
            _ => Floats(x, from, to, integral, mode ?? RoundingMode.NearestEven, flush, saturate, limit),
        };
        int toBits = d.Size == 4 && to.IsInteger() && to.IsSigned() ? 32 : 64;
        return new LaneInstruction(d, a, Slot.None, Slot.None, toBits == 32
            ? (value, _, _) => (uint)function(value, 0, 0)
            : function);
    }

    private static NarrowLimit TakeLimit(DecodeContext x, bool saturate)
    {
        bool rectify = x.Take("relu");
        bool finite = x.Take("satfinite");
        if (saturate)
            return NarrowLimit.Unit;
        return (rectify, finite) switch
        {
            (true, true) => NarrowLimit.RectifiedFinite,
            (true, false) => NarrowLimit.Rectified,
            (false, true) => NarrowLimit.Finite,
            _ => NarrowLimit.None,
        };
    }

    private static Instruction? Fast(PtxType to, PtxType from, RoundingMode? mode, bool special, Slot a, Slot d)
    {
        if (special || a.Size == 0 || d.Size == 0)
            return null;
        bool wideToNarrow = a.Size == 8 && d.Size == 4 && from.Bytes() == 8;
        return (to, from) switch
        {
            (PtxType.S64 or PtxType.U64 or PtxType.B64, PtxType.S32 or PtxType.U32 or PtxType.B32)
                when a.Size == 4 && d.Size == 8 => new WideInstruction(d, a, Slot.None, Slot.None, from.IsSigned()),
            (PtxType.S32 or PtxType.U32 or PtxType.B32, PtxType.S64 or PtxType.U64 or PtxType.B64)
                when wideToNarrow => new NarrowInstruction(d, a),
            // A wider register is allowed, too (PTX ISA 9.4.1), but goes lane by lane.
            _ when a.Size != 4 || d.Size != 4 => null,
            (PtxType.F32, PtxType.BF16) when mode is null => new VectorUnary<WidenBFloat16, uint>(d, a),
            (PtxType.BF16, PtxType.F32) when mode == RoundingMode.NearestEven =>
                new VectorUnary<NarrowToBFloat16, uint>(d, a),
            (PtxType.F32, PtxType.S32) when mode == RoundingMode.NearestEven =>
                new VectorUnary<SignedToSingle, int>(d, a),
            (PtxType.F32, PtxType.U32) when mode == RoundingMode.NearestEven =>
                new VectorUnary<UnsignedToSingle, uint>(d, a),
            (PtxType.S32, PtxType.F32) when mode == RoundingMode.TowardZero =>
                new VectorUnary<SingleToSigned, float>(d, a),
            (PtxType.U32, PtxType.F32) when mode == RoundingMode.TowardZero =>
                new VectorUnary<SingleToUnsigned, float>(d, a),
            _ when to.IsInteger() && from.IsInteger() && from.Bits() <= 32 && to.Bits() <= 32 =>
                new ExtendInstruction(d, a, from.Bits(), from.IsSigned(), to.Bits(), to.IsSigned()),
            _ => null,
        };
    }

    private static Instruction Pack(DecodeContext x, PtxType to, RoundingMode mode, NarrowLimit limit)
    {
        if (x.Types[1] != PtxType.F32)
            throw x.Unsupported();
        Slot a = x.Read(1, PtxType.F32);
        Slot b = x.Read(2, PtxType.F32);
        Slot d = x.Write(0);
        if (to == PtxType.F16x2)
        {
            return new LaneInstruction(d, a, b, Slot.None, (high, low, _) =>
                Conversion.ToPackedHalves<Float16Format>(Single(high, false), Single(low, false), mode, limit));
        }
        if (mode == RoundingMode.NearestEven && limit == NarrowLimit.None && (a.Size, b.Size, d.Size) == (4, 4, 4))
            return new VectorBinary<NarrowToBFloat16x2, uint>(d, a, b);
        return new LaneInstruction(d, a, b, Slot.None, (high, low, _) =>
            Conversion.ToPackedHalves<BFloat16Format>(Single(high, false), Single(low, false), mode, limit));
    }

    private static float Single(ulong bits, bool flush)
    {
        float value = BitConverter.UInt32BitsToSingle((uint)bits);
        return flush ? FloatBits.Flush(value) : value;
    }

    private static LaneFunction Integers(PtxType from, PtxType to, bool saturate) => (a, _, _) =>
        Conversion.IntegerToInteger(a, from.Bits(), from.IsSigned(), to.Bits(), to.IsSigned(), saturate);

    private static LaneFunction FromInteger(DecodeContext x, PtxType from, PtxType to, RoundingMode mode)
    {
        bool signed = from.IsSigned();
        return to switch
        {
            PtxType.F32 => (a, _, _) =>
                Conversion.IntegerToFloat<Float32Format>(LaneBuilder.Extend(a, from), signed, mode),
            PtxType.F16 => (a, _, _) =>
                Conversion.IntegerToFloat<Float16Format>(LaneBuilder.Extend(a, from), signed, mode),
            PtxType.BF16 => (a, _, _) =>
                Conversion.IntegerToFloat<BFloat16Format>(LaneBuilder.Extend(a, from), signed, mode),
            PtxType.F64 => (a, _, _) => BitConverter.DoubleToUInt64Bits(
                Conversion.IntegerToDouble(LaneBuilder.Extend(a, from), signed, mode)),
            _ => throw x.Unsupported(),
        };
    }

    private static LaneFunction ToInteger(DecodeContext x, PtxType from, PtxType to, RoundingMode mode, bool flush)
    {
        Func<ulong, double> widen = Widen(x, from, flush);
        bool isDouble = from == PtxType.F64;
        return (a, _, _) => Conversion.FloatToInteger(widen(a), mode, to.Bits(), to.IsSigned(), isDouble);
    }

    private static Func<ulong, double> Widen(DecodeContext x, PtxType from, bool flush) => from switch
    {
        PtxType.F32 => a => Single(a, flush),
        PtxType.F64 => BitConverter.UInt64BitsToDouble,
        PtxType.F16 => a => Float16Format.Widen((ushort)a),
        PtxType.BF16 => a => BFloat16Format.Widen((ushort)a),
        _ => throw x.Unsupported(),
    };

    private static LaneFunction Floats(
        DecodeContext x,
        PtxType from,
        PtxType to,
        bool integral,
        RoundingMode mode,
        bool flush,
        bool saturate,
        NarrowLimit limit)
    {
        Func<ulong, double> widen = Widen(x, from, flush);
        Func<ulong, double> value = integral ? a => Conversion.RoundToIntegral(widen(a), mode) : widen;
        RoundingMode last = integral ? RoundingMode.NearestEven : mode;
        return to switch
        {
            PtxType.F32 => (a, _, _) => Conversion.ToSingle(value(a), last, flush, saturate),
            PtxType.F16 => (a, _, _) => Conversion.ToNarrow<Float16Format>(value(a), last, limit),
            PtxType.BF16 => (a, _, _) => Conversion.ToNarrow<BFloat16Format>(value(a), last, limit),
            PtxType.TF32 => (a, _, _) => Conversion.ToNarrow<TensorFloat32Format>(value(a), last, limit),
            PtxType.F64 when saturate => (a, _, _) => BitConverter.DoubleToUInt64Bits(
                value(a) is > 0 and double positive ? Math.Min(positive, 1) : 0),
            PtxType.F64 => (a, _, _) => BitConverter.DoubleToUInt64Bits(value(a)),
            _ => throw x.Unsupported(),
        };
    }
}
