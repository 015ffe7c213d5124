using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorFloats;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorOperations;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>f32 arithmetic (PTX ISA 9.7.3). Without a rounding modifier it is .rn, and nothing is contracted.</summary>
internal static class FloatFamily
{
    private const PtxType Type = PtxType.F32;

    public static Instruction Decode(DecodeContext x)
    {
        bool flush = x.Take("ftz");
        bool saturate = x.Take("sat");
        if (x.Name is "min" or "max")
            return Select(x, flush);
        if (x.TakeAny("approx", "full") is string kind)
            return ApproximateFamily.Single(x, kind, flush);
        RoundingMode mode = x.TakeRounding() ?? RoundingMode.NearestEven;
        bool nearest = mode == RoundingMode.NearestEven;
        bool plain = nearest && !flush && !saturate;
        return x.Name switch
        {
            "add" when plain => LaneBuilder.VectorBinary<Add<float>, float>(x),
            "sub" when plain => LaneBuilder.VectorBinary<Subtract<float>, float>(x),
            "mul" when plain => LaneBuilder.VectorBinary<Multiply<float>, float>(x),
            "fma" or "mad" when plain => LaneBuilder.VectorTernary<FusedMultiplyAdd, float>(x),
            "neg" when plain => LaneBuilder.VectorUnary<Negate<float>, float>(x),
            "abs" when plain => LaneBuilder.VectorUnary<Absolute, uint>(x),
            "add" => Binary(x, (a, b) => FloatRounding.Add(a, b, mode, flush, saturate)),
            "sub" => Binary(x, (a, b) => FloatRounding.Subtract(a, b, mode, flush, saturate)),
            "mul" => Binary(x, (a, b) => FloatRounding.Multiply(a, b, mode, flush, saturate)),
            "fma" or "mad" => LaneBuilder.Ternary(x, Type, Type, (a, b, c) =>
                FloatRounding.FusedMultiplyAdd((uint)a, (uint)b, (uint)c, mode, flush, saturate)),
            "div" when nearest => LaneBuilder.FloatBinary<Quotient>(x, flush),
            "sqrt" when nearest => LaneBuilder.FloatUnary<SquareRoot>(x, flush),
            "rcp" when nearest => LaneBuilder.FloatUnary<Reciprocal>(x, flush),
            "div" => Binary(x, (a, b) => FloatRounding.Divide(a, b, mode, flush)),
            "sqrt" => LaneBuilder.Unary(x, Type, a => FloatRounding.Sqrt((uint)a, mode, flush)),
            "rcp" => LaneBuilder.Unary(x, Type, a => FloatRounding.Reciprocal((uint)a, mode, flush)),
            "neg" => LaneBuilder.Unary(x, Type, a => FloatRounding.Negate((uint)a, flush)),
            "abs" => LaneBuilder.Unary(x, Type, a => FloatRounding.Absolute((uint)a, flush)),
            _ => throw x.Unsupported(),
        };
    }

    private static Instruction Binary(DecodeContext x, Func<uint, uint, uint> function) =>
        LaneBuilder.Binary(x, Type, (a, b) => function((uint)a, (uint)b));

    private static Instruction Select(DecodeContext x, bool flush)
    {
        bool propagate = x.Take("NaN");
        bool xorSign = x.Take("xorsign");
        if (xorSign && !x.Take("abs"))
            throw x.Unsupported();
        bool smaller = x.Name == "min";
        if (x.Has(3))
            return SelectOfThree(x, flush, propagate, xorSign, smaller);
        if (!flush && !propagate && !xorSign)
        {
            return smaller
                ? LaneBuilder.VectorBinary<Minimum<float>, float>(x)
                : LaneBuilder.VectorBinary<Maximum<float>, float>(x);
        }
        if (propagate && !xorSign)
        {
            return smaller
                ? LaneBuilder.FloatBinary<MinimumOrNaN>(x, flush)
                : LaneBuilder.FloatBinary<MaximumOrNaN>(x, flush);
        }
        return smaller
            ? Binary(x, (a, b) => FloatCompare.Min(a, b, flush, propagate, xorSign))
            : Binary(x, (a, b) => FloatCompare.Max(a, b, flush, propagate, xorSign));
    }

    private static Instruction SelectOfThree(
        DecodeContext x,
        bool flush,
        bool propagate,
        bool xorSign,
        bool smaller)
    {
        if (smaller)
        {
            return LaneBuilder.Ternary(x, Type, Type, (a, b, c) => FloatCompare.Min(
                FloatCompare.Min((uint)a, (uint)b, flush, propagate, xorSign), (uint)c, flush, propagate, xorSign));
        }
        return LaneBuilder.Ternary(x, Type, Type, (a, b, c) => FloatCompare.Max(
            FloatCompare.Max((uint)a, (uint)b, flush, propagate, xorSign), (uint)c, flush, propagate, xorSign));
    }
}
