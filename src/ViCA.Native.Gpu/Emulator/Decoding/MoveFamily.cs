using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Instructions.VectorOperations;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary><c>mov</c>, <c>cvta</c>, <c>isspacep</c> and hints to the caches that give a value (PTX ISA 9.7.9).</summary>
internal static class MoveFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("mov", Move);
        families.Add("cvta", ConvertAddress);
        families.Add("isspacep", IsSpace);
        families.Add("createpolicy", Policy);
    }

    private static Instruction Move(DecodeContext x)
    {
        PtxType type = x.Type;
        if (x.Operand(0) is PtxOperand.VectorOperand || x.Operand(1) is PtxOperand.VectorOperand)
            return Pack(x);
        Slot a = x.Read(1, type);
        Slot d = x.Write(0);
        x.RequireBytes(FrameBuilder.SizeOf(type), d, a);
        return type.Bytes() switch
        {
            0 => new PredicateInstruction(d, a, Slot.None, (value, _) => value),
            8 => new VectorUnary<Copy<ulong>, ulong>(d, a),
            16 => new Pack128Instruction(d, [a], 128, unpacks: false),
            _ => new VectorUnary<Copy<uint>, uint>(d, a),
        };
    }

    private static Instruction Pack(DecodeContext x)
    {
        bool unpacks = x.Operand(0) is PtxOperand.VectorOperand;
        IReadOnlyList<PtxOperand> elements = x.Elements(unpacks ? 0 : 1);
        if (x.Type.Bits() % elements.Count != 0)
            throw x.Wrong("the parts do not fill the register");
        int bits = x.Type.Bits() / elements.Count;
        PtxType part = bits switch
        {
            8 => PtxType.B8,
            16 => PtxType.B16,
            32 => PtxType.B32,
            _ => PtxType.B64,
        };
        Slot[] parts = [.. elements.Select(element => unpacks ? x.Write(element) : x.Read(element, part))];
        Slot whole = unpacks ? x.Read(1, x.Type) : x.Write(0);
        return whole.Size == 16
            ? new Pack128Instruction(whole, parts, bits, unpacks)
            : new PackInstruction(whole, parts, bits, unpacks);
    }

    private static StateSpace? TakeSpace(DecodeContext x) => x.TakeAny(
        "global", "shared", "shared::cta", "local", "const", "param", "param::entry") switch
    {
        "global" => StateSpace.Global,
        "shared" or "shared::cta" => StateSpace.Shared,
        "local" => StateSpace.Local,
        "const" => StateSpace.Const,
        "param" or "param::entry" => StateSpace.Param,
        _ => null,
    };

    private static Instruction ConvertAddress(DecodeContext x)
    {
        bool fromGeneric = x.Take("to");
        StateSpace space = TakeSpace(x) ?? throw x.Unsupported();
        ulong window = AddressWindows.BaseOf(space);
        if (window == 0 && x.Type.Bytes() == 8)
            return LaneBuilder.VectorUnary<Copy<ulong>, ulong>(x);
        return fromGeneric
            ? LaneBuilder.Unary(x, x.Type, a => a - window)
            : LaneBuilder.Unary(x, x.Type, a => a + window);
    }

    private static Instruction IsSpace(DecodeContext x)
    {
        StateSpace space = TakeSpace(x) ?? throw x.Unsupported();
        EmulatedMemory memory = x.Function.Program.Data.Memory;
        ModuleData data = x.Function.Program.Data;
        ulong parameters = x.Function.Program.ParameterBlock;
        return LaneBuilder.Unary(x, PtxType.U64, a =>
        {
            StateSpace found = AddressWindows.SpaceOf(a);
            if (found == StateSpace.Global && memory.Find(a) is EmulatedAllocation allocation)
                found = allocation.Start == parameters ? StateSpace.Param : data.SpaceOf(allocation.Start);
            return found == space ? 1u : 0;
        });
    }

    private static Instruction Policy(DecodeContext x)
    {
        foreach (string modifier in x.Modifiers.ToArray())
            x.Take(modifier);
        x.TakeOperands();
        return new VectorUnary<Copy<ulong>, ulong>(x.Write(0), x.Function.Frame.Constant(0, 8));
    }
}
