using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary><c>add</c> to <c>rem</c>: sends each type to where it is decoded.</summary>
internal static class ArithmeticFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        foreach (string name in (ReadOnlySpan<string>)
            ["add", "sub", "mul", "mad", "fma", "div", "rem", "abs", "neg", "min", "max", "sqrt", "rcp"])
            families.Add(name, Decode);
        foreach (string name in (ReadOnlySpan<string>)["addc", "subc", "madc"])
            families.Add(name, CarryFamily.Decode);
        foreach (string name in (ReadOnlySpan<string>)["mul24", "mad24", "sad"])
            families.Add(name, IntegerFamily.Decode);
    }

    private static Instruction Decode(DecodeContext x) => x.Type switch
    {
        PtxType.F32 => FloatFamily.Decode(x),
        PtxType.F64 => DoubleFamily.Decode(x),
        PtxType.F16 or PtxType.BF16 or PtxType.F16x2 or PtxType.BF16x2 => HalfFamily.Decode(x),
        PtxType.U16x2 or PtxType.S16x2 => PackedShortFamily.Decode(x),
        _ when x.Modifiers.Contains("cc") => CarryFamily.Decode(x),
        _ when x.Type.IsInteger() => IntegerFamily.Decode(x),
        _ => throw x.Unsupported(),
    };
}
