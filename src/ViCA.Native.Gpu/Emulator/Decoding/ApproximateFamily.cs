using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorFloats;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary><c>ex2</c>, <c>lg2</c>, <c>rsqrt</c>, <c>sin</c>, <c>cos</c>, <c>tanh</c> and the .approx forms of others.</summary>
internal static class ApproximateFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        foreach (string name in (ReadOnlySpan<string>)["ex2", "lg2", "rsqrt", "sin", "cos", "tanh"])
            families.Add(name, Decode);
    }

    /// <summary>An f32 form whose <c>.approx</c> or <c>.full</c> and <c>.ftz</c> have been taken.</summary>
    public static Instruction Single(DecodeContext x, string kind, bool flush) => (x.Name, kind) switch
    {
        ("div", "full") => LaneBuilder.FloatBinary<Quotient>(x, flush),
        ("div", _) => LaneBuilder.Binary(x, PtxType.F32, (a, b) => ApproximateMath.Divide((uint)a, (uint)b, flush)),
        ("ex2", _) => LaneBuilder.FloatUnary<Exp2>(x, flush),
        ("rcp", _) => LaneBuilder.FloatUnary<Reciprocal>(x, flush),
        ("rsqrt", _) => LaneBuilder.FloatUnary<ReciprocalSqrt>(x, flush),
        ("sqrt", _) => LaneBuilder.FloatUnary<SquareRoot>(x, flush),
        ("lg2", _) => Unary(x, a => ApproximateMath.Log2(a, flush)),
        ("sin", _) => Unary(x, a => ApproximateMath.Sin(a, flush)),
        ("cos", _) => Unary(x, a => ApproximateMath.Cos(a, flush)),
        ("tanh", _) => Unary(x, ApproximateMath.Tanh),
        _ => throw x.Unsupported(),
    };

    private static Instruction Decode(DecodeContext x)
    {
        if (!x.Take("approx"))
            throw x.Unsupported();
        bool flush = x.Take("ftz");
        return x.Type switch
        {
            PtxType.F32 => Single(x, "approx", flush),
            PtxType.F64 when x.Name == "rsqrt" => LaneBuilder.Unary(x, x.Type, a => BitConverter.DoubleToUInt64Bits(
                ApproximateMath.ReciprocalSqrt(BitConverter.UInt64BitsToDouble(a), flush))),
            PtxType.F16 => Half<Float16Format>(x, flush),
            PtxType.BF16 => Half<BFloat16Format>(x, flush),
            PtxType.F16x2 => PackedHalves<Float16Format>(x, flush),
            PtxType.BF16x2 => PackedHalves<BFloat16Format>(x, flush),
            _ => throw x.Unsupported(),
        };
    }

    private static Instruction Unary(DecodeContext x, Func<uint, uint> function) =>
        LaneBuilder.Unary(x, PtxType.F32, a => function((uint)a));

    private static Func<ushort, ushort> HalfFunction<TFormat>(DecodeContext x, bool flush)
        where TFormat : struct, IHalfFormat => x.Name switch
        {
            "ex2" => a => ApproximateMath.Exp2<TFormat>(a, flush),
            "tanh" => ApproximateMath.Tanh<TFormat>,
            _ => throw x.Unsupported(),
        };

    private static Instruction Half<TFormat>(DecodeContext x, bool flush)
        where TFormat : struct, IHalfFormat
    {
        Func<ushort, ushort> function = HalfFunction<TFormat>(x, flush);
        return LaneBuilder.Unary(x, x.Type, a => function((ushort)a));
    }

    private static Instruction PackedHalves<TFormat>(DecodeContext x, bool flush)
        where TFormat : struct, IHalfFormat
    {
        Func<ushort, ushort> function = HalfFunction<TFormat>(x, flush);
        return LaneBuilder.Unary(x, x.Type, a => ((uint)function((ushort)(a >> 16)) << 16) | function((ushort)a));
    }
}
