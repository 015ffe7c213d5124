using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary><c>atom</c> and <c>red</c> (PTX ISA 9.7.13.5 and 6).</summary>
internal static class AtomicFamily
{
    private static readonly string[] Operations =
        ["add", "min", "max", "and", "or", "xor", "exch", "cas", "inc", "dec"];

    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("atom", x => Decode(x, returns: true));
        families.Add("red", x => Decode(x, returns: false));
    }

    private static AtomicInstruction Decode(DecodeContext x, bool returns)
    {
        PtxType type = x.Type;
        StateSpace space = AddressBuilder.TakeSpace(x);
        string? order = x.TakeAny("relaxed", "acquire", "release", "acq_rel");
        x.Take("noftz");
        AddressBuilder.TakeHints(x);
        string operation = x.TakeAny(Operations) ?? throw x.Unsupported();
        if (x.Modifiers.Count > 0 || type.Bytes() is not (2 or 4 or 8))
            throw x.Unsupported();
        int next = returns ? 1 : 0;
        (Slot address, long displacement) = AddressBuilder.Build(x, x.Address(next), space);
        bool swaps = operation == "cas";
        Slot operand = x.Read(next + 1, type);
        Slot other = swaps ? x.Read(next + 2, type) : Slot.None;
        Slot destination = returns ? x.Write(0) : Slot.None;
        return new AtomicInstruction(destination, operand, other, Function(x, operation, type))
        {
            Space = space,
            Address = address,
            Displacement = displacement,
            BytesPerLane = type.Bytes(),
            IsStrong = true,
            IsOfBlockScope = x.IsOfBlockScope,
            Acquires = order is "acquire" or "acq_rel",
            Releases = order is "release" or "acq_rel",
        };
    }

    private static LaneFunction Function(DecodeContext x, string operation, PtxType type) => operation switch
    {
        "exch" => (_, b, _) => b,
        "cas" => (old, b, c) => old == LaneBuilder.Cut(b, type) ? c : old,
        "inc" => (old, b, _) => (uint)old >= (uint)b ? 0 : (uint)old + 1,
        "dec" => (old, b, _) => (uint)old == 0 || (uint)old > (uint)b ? (uint)b : (uint)old - 1,
        "and" => (old, b, _) => old & b,
        "or" => (old, b, _) => old | b,
        "xor" => (old, b, _) => old ^ b,
        "add" => Add(x, type),
        _ when type.IsFloat() => Extreme(x, type, operation == "min"),
        "min" when type.IsSigned() => (old, b, _) => Smaller(old, b, type) ? old : b,
        "max" when type.IsSigned() => (old, b, _) => Smaller(old, b, type) ? b : old,
        "min" => (old, b, _) => Math.Min(old, LaneBuilder.Cut(b, type)),
        _ => (old, b, _) => Math.Max(old, LaneBuilder.Cut(b, type)),
    };

    private static bool Smaller(ulong a, ulong b, PtxType type) =>
        (long)LaneBuilder.Extend(a, type) < (long)LaneBuilder.Extend(b, type);

    private static LaneFunction Add(DecodeContext x, PtxType type) => type switch
    {
        PtxType.F32 => (old, b, _) => FloatRounding.Add((uint)old, (uint)b, RoundingMode.NearestEven, false, false),
        PtxType.F64 => (old, b, _) => BitConverter.DoubleToUInt64Bits(
            BitConverter.UInt64BitsToDouble(old) + BitConverter.UInt64BitsToDouble(b)),
        PtxType.F16 => (old, b, _) => HalfMath.Add<Float16Format>((ushort)old, (ushort)b, false, NarrowLimit.None),
        PtxType.BF16 => (old, b, _) => HalfMath.Add<BFloat16Format>((ushort)old, (ushort)b, false, NarrowLimit.None),
        PtxType.F16x2 => (old, b, _) => PackedHalf.Add<Float16Format>((uint)old, (uint)b, false, NarrowLimit.None),
        PtxType.BF16x2 => (old, b, _) => PackedHalf.Add<BFloat16Format>((uint)old, (uint)b, false, NarrowLimit.None),
        _ when type.IsInteger() => (old, b, _) => old + b,
        _ => throw x.Unsupported(),
    };

    private static LaneFunction Extreme(DecodeContext x, PtxType type, bool smaller) => type switch
    {
        PtxType.F16 => Half<Float16Format>(smaller),
        PtxType.BF16 => Half<BFloat16Format>(smaller),
        PtxType.F16x2 => Packed<Float16Format>(smaller),
        PtxType.BF16x2 => Packed<BFloat16Format>(smaller),
        _ => throw x.Unsupported(),
    };

    private static LaneFunction Half<TFormat>(bool smaller)
        where TFormat : struct, IHalfFormat => (old, b, _) => smaller
            ? HalfMath.Min<TFormat>((ushort)old, (ushort)b, false, false)
            : HalfMath.Max<TFormat>((ushort)old, (ushort)b, false, false);

    private static LaneFunction Packed<TFormat>(bool smaller)
        where TFormat : struct, IHalfFormat => (old, b, _) => smaller
            ? PackedHalf.Min<TFormat>((uint)old, (uint)b, false, false)
            : PackedHalf.Max<TFormat>((uint)old, (uint)b, false, false);
}
