using ViCA.Native.Gpu.Emulator.Arithmetic;
using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Integers of more than one register (PTX ISA 9.7.2).</summary>
internal static class CarryFamily
{
    public static Instruction Decode(DecodeContext x)
    {
        bool writes = x.Take("cc");
        bool wide = x.Type.Bytes() == 8;
        bool reads = x.Name.EndsWith('c');
        Slot a = x.Read(1, x.Type);
        Slot b = x.Read(2, x.Type);
        bool multiplies = x.Name.StartsWith("mad", StringComparison.Ordinal);
        Slot c = multiplies ? x.Read(3, x.Type) : Slot.None;
        CarryFunction function = x.Name switch
        {
            "add" or "addc" => Add(wide),
            "sub" or "subc" => Subtract(wide),
            _ => MultiplyAdd(x, wide),
        };
        return new CarryInstruction(x.Write(0), a, b, c, x.Function.CarrySlot, reads, writes, function);
    }

    private static CarryFunction Add(bool wide)
    {
        if (wide)
            return (ulong a, ulong b, ulong _, ref uint carry) => CarryChain.Add(a, b, ref carry);
        return (ulong a, ulong b, ulong _, ref uint carry) => CarryChain.Add((uint)a, (uint)b, ref carry);
    }

    private static CarryFunction Subtract(bool wide)
    {
        if (wide)
            return (ulong a, ulong b, ulong _, ref uint carry) => CarryChain.Subtract(a, b, ref carry);
        return (ulong a, ulong b, ulong _, ref uint carry) => CarryChain.Subtract((uint)a, (uint)b, ref carry);
    }

    private static CarryFunction MultiplyAdd(DecodeContext x, bool wide)
    {
        bool high = x.Take("hi");
        if (!high && !x.Take("lo"))
            throw x.Unsupported();
        bool signed = x.Type.IsSigned();
        if (wide)
        {
            return (ulong a, ulong b, ulong c, ref uint carry) =>
            {
                ulong upper = signed
                    ? (ulong)IntegerMath.MultiplyHigh((long)a, (long)b)
                    : IntegerMath.MultiplyHigh(a, b);
                return CarryChain.Add(high ? upper : a * b, c, ref carry);
            };
        }
        return (ulong a, ulong b, ulong c, ref uint carry) =>
        {
            ulong product = signed ? (ulong)((long)(int)a * (int)b) : a * b;
            return CarryChain.Add((uint)(high ? product >> 32 : product), (uint)c, ref carry);
        };
    }
}
