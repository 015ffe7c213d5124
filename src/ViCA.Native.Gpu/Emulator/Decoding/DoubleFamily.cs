using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;
using static System.BitConverter;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorOperations;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>f64 arithmetic (PTX ISA 9.7.3).</summary>
internal static class DoubleFamily
{
    private const PtxType Type = PtxType.F64;
    private const ulong Sign = 1UL << 63;

    public static Instruction Decode(DecodeContext x)
    {
        if (x.Take("approx"))
            return Approximate(x);
        RoundingMode mode = x.TakeRounding() ?? RoundingMode.NearestEven;
        bool nearest = mode == RoundingMode.NearestEven;
        return x.Name switch
        {
            "add" when nearest => LaneBuilder.VectorBinary<Add<double>, double>(x),
            "sub" when nearest => LaneBuilder.VectorBinary<Subtract<double>, double>(x),
            "mul" when nearest => LaneBuilder.VectorBinary<Multiply<double>, double>(x),
            "fma" or "mad" when nearest => LaneBuilder.VectorTernary<FusedMultiplyAddDouble, double>(x),
            "add" => Binary(x, (a, b) => DoubleRounding.Add(a, b, mode)),
            "sub" => Binary(x, (a, b) => DoubleRounding.Subtract(a, b, mode)),
            "mul" => Binary(x, (a, b) => DoubleRounding.Multiply(a, b, mode)),
            "div" => Binary(x, (a, b) => DoubleRounding.Divide(a, b, mode)),
            "min" => Binary(x, FloatCompare.Min),
            "max" => Binary(x, FloatCompare.Max),
            "fma" or "mad" => LaneBuilder.Ternary(x, Type, Type, (a, b, c) => DoubleToUInt64Bits(
                DoubleRounding.FusedMultiplyAdd(UInt64BitsToDouble(a), UInt64BitsToDouble(b), UInt64BitsToDouble(c), mode))),
            "sqrt" => Unary(x, a => DoubleRounding.Sqrt(a, mode)),
            "rcp" => Unary(x, a => DoubleRounding.Reciprocal(a, mode)),
            "neg" => LaneBuilder.Unary(x, Type, a => a ^ Sign),
            "abs" => LaneBuilder.Unary(x, Type, a => a & ~Sign),
            _ => throw x.Unsupported(),
        };
    }

    private static Instruction Approximate(DecodeContext x)
    {
        if (!x.Take("ftz") || x.Name != "rcp")
            throw x.Unsupported();
        return Unary(x, ApproximateMath.Reciprocal);
    }

    private static Instruction Unary(DecodeContext x, Func<double, double> function) =>
        LaneBuilder.Unary(x, Type, a => DoubleToUInt64Bits(function(UInt64BitsToDouble(a))));

    private static Instruction Binary(DecodeContext x, Func<double, double, double> function) =>
        LaneBuilder.Binary(x, Type, (a, b) =>
            DoubleToUInt64Bits(function(UInt64BitsToDouble(a), UInt64BitsToDouble(b))));
}
