using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary><c>ld</c>, <c>st</c>, prefetches and other hints (PTX ISA 9.7.9).</summary>
internal static class MemoryFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("ld", Load);
        families.Add("ldu", Load);
        families.Add("st", Store);
        foreach (string name in (ReadOnlySpan<string>)["prefetch", "prefetchu", "applypriority", "discard"])
            families.Add(name, Hint);
    }

    private static int TakeCount(DecodeContext x) => x.TakeAny("v2", "v4", "v8") is string vector ? vector[1] - '0' : 1;

    private static Instruction Load(DecodeContext x)
    {
        PtxType type = x.Type;
        StateSpace space = AddressBuilder.TakeSpace(x);
        int count = TakeCount(x);
        bool acquires = x.Take("acquire");
        bool strong = acquires | x.Take("relaxed") | x.Take("volatile");
        AddressBuilder.TakeHints(x);
        Slot[] destinations = [.. x.Elements(0).Select(x.Write)];
        if (destinations.Length != count)
            throw x.Wrong($"{destinations.Length} destinations");
        RequireSizes(x, type, destinations);
        if (x.Address(1).Base is PtxOperand.VariableOperand variable && IsOwnParam(x, variable.Variable))
            return Param(x, 1, destinations, stores: false);
        (Slot address, long displacement) = AddressBuilder.Build(x, x.Address(1), space);
        return new LoadInstruction(destinations, type.Bytes(), type.IsSigned())
        {
            Space = space,
            Address = address,
            Displacement = displacement,
            BytesPerLane = count * type.Bytes(),
            IsStrong = strong,
            IsOfBlockScope = x.IsOfBlockScope,
            Acquires = acquires,
        };
    }

    private static Instruction Store(DecodeContext x)
    {
        PtxType type = x.Type;
        StateSpace space = AddressBuilder.TakeSpace(x);
        int count = TakeCount(x);
        bool releases = x.Take("release");
        bool strong = releases | x.Take("relaxed") | x.Take("volatile");
        AddressBuilder.TakeHints(x);
        Slot[] sources = [.. x.Elements(1).Select(element => x.Read(element, type))];
        if (sources.Length != count)
            throw x.Wrong($"{sources.Length} sources");
        RequireSizes(x, type, sources);
        if (x.Address(0).Base is PtxOperand.VariableOperand variable && IsOwnParam(x, variable.Variable))
            return Param(x, 0, sources, stores: true);
        (Slot address, long displacement) = AddressBuilder.Build(x, x.Address(0), space);
        return new StoreInstruction(sources, type.Bytes())
        {
            Space = space,
            Address = address,
            Displacement = displacement,
            BytesPerLane = count * type.Bytes(),
            IsStrong = strong,
            IsOfBlockScope = x.IsOfBlockScope,
            Releases = releases,
        };
    }

    private static void RequireSizes(DecodeContext x, PtxType type, Slot[] registers)
    {
        if (registers.Any(register => register.Size == 0))
            throw x.Wrong("a predicate has no bytes in memory");

        // Other registers may be wider than what is moved (PTX ISA 9.4.1); these would reach beyond it.
        if (registers.Any(register => !register.IsNone && (register.Size == 16) != (type.Bytes() == 16)))
            throw x.Wrong("128-bit registers go with .b128 only");
    }

    private static bool IsOwnParam(DecodeContext x, PtxVariable variable) =>
        variable.Space == StateSpace.Param && !x.Function.IsKernelParameter(variable);

    private static ParamAccessInstruction Param(DecodeContext x, int operand, Slot[] registers, bool stores)
    {
        PtxOperand.AddressOperand address = x.Address(operand);
        PtxVariable variable = ((PtxOperand.VariableOperand)address.Base!).Variable;
        int bytes = x.Type.Bytes();
        if (address.Offset < 0 || address.Offset + (bytes * registers.Length) > variable.Bytes)
            throw x.Wrong($"outside of {variable.Name}, which has {variable.Bytes} bytes");
        int offset = x.Function.ParamOffset(variable) + (int)address.Offset;
        return new ParamAccessInstruction(registers, offset, bytes, x.Type.IsSigned(), stores);
    }

    private static Instruction Hint(DecodeContext x)
    {
        AddressBuilder.TakeSpace(x);
        AddressBuilder.TakeHints(x);
        x.TakeAny("L1", "L2");
        x.TakeAny("L1", "L2");
        x.TakeOperands();
        return new NothingInstruction();
    }
}
