using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>f16 and bf16, single and packed (PTX ISA 9.7.4).</summary>
internal static class HalfFamily
{
    public static Instruction Decode(DecodeContext x) => x.Type is PtxType.F16 or PtxType.F16x2
        ? Decode<Float16Format>(x)
        : Decode<BFloat16Format>(x);

    private static Instruction Decode<TFormat>(DecodeContext x)
        where TFormat : struct, IHalfFormat
    {
        bool flush = x.Take("ftz");
        bool propagate = x.Take("NaN");
        bool xorSign = x.Take("xorsign") && x.Take("abs");
        NarrowLimit limit = x.Take("sat") ? NarrowLimit.Unit : x.Take("relu") ? NarrowLimit.Rectified : NarrowLimit.None;
        if (x.TakeRounding() is not (null or RoundingMode.NearestEven))
            throw x.Unsupported();
        return x.Type is PtxType.F16x2 or PtxType.BF16x2
            ? Packed<TFormat>(x, flush, propagate, xorSign, limit)
            : Single<TFormat>(x, flush, propagate, xorSign, limit);
    }

    private static Instruction Packed<TFormat>(
        DecodeContext x,
        bool flush,
        bool propagate,
        bool xorSign,
        NarrowLimit limit)
        where TFormat : struct, IHalfFormat => x.Name switch
        {
            "add" => Binary(x, (a, b) => PackedHalf.Add<TFormat>(a, b, flush, limit)),
            "sub" => Binary(x, (a, b) => PackedHalf.Subtract<TFormat>(a, b, flush, limit)),
            "mul" => Binary(x, (a, b) => PackedHalf.Multiply<TFormat>(a, b, flush, limit)),
            "min" => Binary(x, (a, b) => PackedHalf.Min<TFormat>(a, b, flush, propagate, xorSign)),
            "max" => Binary(x, (a, b) => PackedHalf.Max<TFormat>(a, b, flush, propagate, xorSign)),
            "fma" => LaneBuilder.Ternary(x, x.Type, x.Type, (a, b, c) =>
                PackedHalf.FusedMultiplyAdd<TFormat>((uint)a, (uint)b, (uint)c, flush, limit)),
            "neg" => LaneBuilder.Unary(x, x.Type, a => PackedHalf.Negate<TFormat>((uint)a, flush)),
            "abs" => LaneBuilder.Unary(x, x.Type, a => PackedHalf.Absolute<TFormat>((uint)a, flush)),
            _ => throw x.Unsupported(),
        };

    private static Instruction Single<TFormat>(
        DecodeContext x,
        bool flush,
        bool propagate,
        bool xorSign,
        NarrowLimit limit)
        where TFormat : struct, IHalfFormat => x.Name switch
        {
            "add" => Binary(x, (a, b) => HalfMath.Add<TFormat>((ushort)a, (ushort)b, flush, limit)),
            "sub" => Binary(x, (a, b) => HalfMath.Subtract<TFormat>((ushort)a, (ushort)b, flush, limit)),
            "mul" => Binary(x, (a, b) => HalfMath.Multiply<TFormat>((ushort)a, (ushort)b, flush, limit)),
            "min" => Binary(x, (a, b) => HalfMath.Min<TFormat>((ushort)a, (ushort)b, flush, propagate, xorSign)),
            "max" => Binary(x, (a, b) => HalfMath.Max<TFormat>((ushort)a, (ushort)b, flush, propagate, xorSign)),
            "fma" => LaneBuilder.Ternary(x, x.Type, x.Type, (a, b, c) =>
                HalfMath.FusedMultiplyAdd<TFormat>((ushort)a, (ushort)b, (ushort)c, flush, limit)),
            "neg" => LaneBuilder.Unary(x, x.Type, a => HalfMath.Negate<TFormat>((ushort)a, flush)),
            "abs" => LaneBuilder.Unary(x, x.Type, a => HalfMath.Absolute<TFormat>((ushort)a, flush)),
            _ => throw x.Unsupported(),
        };

    private static Instruction Binary(DecodeContext x, Func<uint, uint, uint> function) =>
        LaneBuilder.Binary(x, x.Type, (a, b) => function((uint)a, (uint)b));
}
