using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>u16x2 and s16x2 (PTX ISA 9.7.1, since sm_90), and <c>cvt.pack</c>.</summary>
internal static class PackedShortFamily
{
    public static Instruction Decode(DecodeContext x)
    {
        bool signed = x.Type == PtxType.S16x2;
        bool rectify = signed && x.Take("relu");
        return x.Name switch
        {
            "add" => Binary(x, PackedShorts.Add),
            "min" when signed => Binary(x, (a, b) => PackedShorts.MinSigned(a, b, rectify)),
            "max" when signed => Binary(x, (a, b) => PackedShorts.MaxSigned(a, b, rectify)),
            "min" => Binary(x, PackedShorts.MinUnsigned),
            "max" => Binary(x, PackedShorts.MaxUnsigned),
            _ => throw x.Unsupported(),
        };
    }

    /// <summary><c>cvt.pack</c>, whose <c>.pack</c> has been taken.</summary>
    public static Instruction Pack(DecodeContext x)
    {
        int width = x.Type.Bits();
        bool appends = x.Types.Count == 3;
        if (!x.Take("sat") || x.Types.Count < 2 || x.Types[1] != PtxType.S32 || width > 16 || appends != width < 16)
            throw x.Unsupported();
        bool signed = x.Type.IsSigned();
        Slot a = x.Read(1, PtxType.S32);
        Slot b = x.Read(2, PtxType.S32);
        Slot c = appends ? x.Read(3, PtxType.B32) : Slot.None;
        return new LaneInstruction(x.Write(0), a, b, c, (high, low, rest) =>
            PackedShorts.PackSaturating((int)high, (int)low, (uint)rest, width, signed));
    }

    private static Instruction Binary(DecodeContext x, Func<uint, uint, uint> function) =>
        LaneBuilder.Binary(x, x.Type, (a, b) => function((uint)a, (uint)b));
}
