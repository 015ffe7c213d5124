using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Parsing.PtxOperand;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Branches, calls, ends (PTX ISA 9.7.12 and 9.7.19).</summary>
internal static class ControlFamily
{
    public static void Register(Dictionary<string, Func<DecodeContext, Instruction>> families)
    {
        families.Add("bra", Branch);
        families.Add("brx", IndexedBranch);
        families.Add("call", Call);
        families.Add("ret", x => Return(x, leavesKernel: false));
        families.Add("exit", x => Return(x, leavesKernel: true));
        families.Add("trap", _ => new TrapInstruction());
        foreach (string name in (ReadOnlySpan<string>)["brkpt", "pmevent", "nanosleep"])
            families.Add(name, Hint);
    }

    private static string Name(DecodeContext x, int index) => x.Operand(index) is NameOperand name
        ? name.Name
        : throw x.Wrong("no label");

    private static int Label(DecodeContext x, string name) => x.Source.Scope.FindLabel(name)
        ?? throw x.Wrong($"label {name} does not exist here");

    private static Instruction Branch(DecodeContext x)
    {
        x.Take("uni");
        return new BranchInstruction { Target = Label(x, Name(x, 0)) };
    }

    private static Instruction IndexedBranch(DecodeContext x)
    {
        x.Take("uni");
        if (!x.Take("idx"))
            throw x.Unsupported();
        string name = Name(x, 1);
        IReadOnlyList<string> labels = x.Source.Scope.FindBranchTable(name)
            ?? throw x.Wrong($"{name} is no list of .branchtargets");
        return new IndexedBranchInstruction(x.Read(0, PtxType.U32))
        {
            Targets = [.. labels.Select(label => Label(x, label))],
        };
    }

    private static ReturnInstruction Return(DecodeContext x, bool leavesKernel)
    {
        x.Take("uni");
        return new ReturnInstruction(leavesKernel);
    }

    private static NothingInstruction Hint(DecodeContext x)
    {
        x.TakeOperands();
        return new NothingInstruction();
    }

    private static Instruction Call(DecodeContext x)
    {
        x.Take("uni");
        int next = 0;
        IReadOnlyList<PtxOperand> results = [];
        if (x.Operand(0) is ListOperand list)
        {
            results = list.Elements;
            next = 1;
        }
        PtxOperand callee = x.Operand(next++);
        IReadOnlyList<PtxOperand> arguments = x.Has(next) && x.Operand(next) is ListOperand given ? given.Elements : [];

        // Behind them stands the prototype or the list of targets of an indirect call.
        x.TakeOperands();
        FunctionCode? target = null;
        Slot address = Slot.None;
        if (callee is NameOperand name)
            target = x.Function.Program.Find(name.Name) ?? throw External(x, name.Name);
        else
            address = x.Read(callee, PtxType.U64);
        return new CallInstruction(
            target,
            address,
            [.. arguments.Select(argument => Argument(x, argument, isResult: false))],
            [.. results.Select(result => Argument(x, result, isResult: true))]);
    }

    private static PtxFormatException External(DecodeContext x, string name) => new(ErrorCodes.PtxUnsupported,
        x.Source.Location.PtxLine, $"PTX line {x.Source.Location.PtxLine}: {name} is called, but is not defined in "
        + "this module; link it in, or do without it");

    private static CallInstruction.Argument Argument(DecodeContext x, PtxOperand operand, bool isResult)
    {
        switch (operand)
        {
            case VariableOperand variable:
                return new CallInstruction.Argument(
                    Slot.None, x.Function.ParamOffset(variable.Variable), variable.Variable.Bytes);
            case RegisterOperand register:
                Slot slot = isResult ? x.Write(operand) : x.Read(operand, register.Register.Type);
                return new CallInstruction.Argument(slot, 0, register.Register.Type.Bytes());
            case ImmediateOperand:
                return new CallInstruction.Argument(x.Read(operand, PtxType.B64), 0, 8);
            default:
                throw x.Wrong("an argument is neither a parameter nor a register");
        }
    }
}
