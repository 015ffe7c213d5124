using ViCA.Native.Gpu.Emulator.Execution;
using ViCA.Native.Gpu.Emulator.Instructions;
using ViCA.Native.Gpu.Emulator.Parsing;
using static ViCA.Native.Gpu.Emulator.Parsing.PtxOperand;

namespace ViCA.Native.Gpu.Emulator.Decoding;

/// <summary>Makes one function executable.</summary>
internal sealed class FunctionDecoder
{
    private readonly PtxFunction _function;
    private readonly FrameBuilder _frame;
    private readonly Dictionary<PtxVariable, int> _localOffsets = [];
    private readonly Dictionary<PtxVariable, int> _paramOffsets = [];
    private readonly List<Instruction> _added = [];
    private Slot? _carry;

    public FunctionDecoder(ProgramDecoder program, PtxFunction function, FunctionCode code)
    {
        Program = program;
        Code = code;
        _function = function;
        _frame = new FrameBuilder(code);
        PlaceRegisters();
        PlaceVariables();
    }

    public ProgramDecoder Program { get; }

    public FunctionCode Code { get; }

    public FrameBuilder Frame => _frame;

    /// <summary>The condition code register.</summary>
    public Slot CarrySlot => _carry ??= _frame.Allocate(0);

    /// <summary>Whether a parameter of the kernel is meant, which lies in global memory.</summary>
    public bool IsKernelParameter(PtxVariable variable) => _function.IsEntry && _function.Parameters.Contains(variable);

    /// <summary>Decodes the body. Throws <see cref="PtxFormatException"/> for what the emulator does not have.</summary>
    public void Decode()
    {
        IReadOnlyList<PtxInstruction> body = _function.Body!;
        Instruction[][] decoded = new Instruction[body.Count + 1][];
        for (int i = 0; i < body.Count; i++)
            decoded[i] = DecodeOne(body[i]);
        decoded[^1] = [new ReturnInstruction(leavesKernel: false)];
        Code.Code = new BlockOrder(body, decoded).Arrange();
        for (int i = 0; i < Code.Code.Length; i++)
            Code.Code[i].Index = i;
        Code.ParamOffset = _frame.Reserve(Code.ParamStride * Lanes.Count);
        Code.FrameBytes = (_frame.Bytes + 127) / 64 * 64;
    }

    /// <summary>Puts an instruction in front of the one that is being decoded.</summary>
    public void AddBefore(Instruction instruction) => _added.Add(instruction);

    public Slot Register(PtxRegister register)
    {
        if (!_frame.TryGet(register, out Slot slot))
            throw new InvalidOperationException($"register {register.Name} has no place");
        return slot;
    }

    /// <summary>The value of an operand, as one of that type.</summary>
    public Slot Source(DecodeContext context, PtxOperand operand, PtxType type)
    {
        int size = FrameBuilder.SizeOf(type);
        return operand switch
        {
            RegisterOperand register => Register(register.Register),
            ImmediateOperand immediate => _frame.Constant(PtxConstants.Convert(immediate, type), size),
            VariableOperand variable => AddressOf(context, variable.Variable, variable.Offset, size),
            NameOperand name => Named(context, name.Name, size),
            _ => throw context.Wrong("an operand of this form is not expected here"),
        };
    }

    /// <summary>The address of a variable within its state space.</summary>
    public Slot AddressOf(DecodeContext context, PtxVariable variable, long offset, int size)
    {
        if (variable.Space == StateSpace.Local && !_localOffsets.ContainsKey(variable))
            throw context.Unsupported($"{variable.Name}, a .local variable outside of functions");
        if (variable.Space == StateSpace.Local)
            return _frame.Special(SpecialRegister.LocalAddress, _localOffsets[variable] + offset, size);
        return _frame.Constant(unchecked((ulong)(ConstantAddress(context, variable) + offset)), size);
    }

    /// <summary>The address of a variable that is the same for all threads.</summary>
    public long ConstantAddress(DecodeContext context, PtxVariable variable)
    {
        if (variable.Space == StateSpace.Shared)
            return Program.Entry.Shared.OffsetOf(variable);
        if (variable.Space == StateSpace.Param && IsKernelParameter(variable))
            return (long)Program.ParameterAddress(variable);
        if (variable.Space is StateSpace.Global or StateSpace.Const)
            return (long)Program.Data.AddressOf(variable);
        throw context.Wrong($"{variable.Name} has no address here");
    }

    /// <summary>Offset of a function's or call's parameter in the lanes' parameter memory.</summary>
    public int ParamOffset(PtxVariable variable) => _paramOffsets[variable];

    private Slot Named(DecodeContext context, string name, int size)
    {
        if (SpecialRegisters.TryParse(name, out SpecialRegister register))
        {
            if (!SpecialRegisters.IsClock(register))
                return _frame.Special(register, 0, size);
            Slot clock = _frame.Allocate(size);
            AddBefore(new ClockInstruction(clock, register));
            return clock;
        }
        if (Program.TryFunctionAddress(name, out ulong address))
            return _frame.Constant(address, size);
        throw name.StartsWith('%') ? context.Unsupported(name) : context.Wrong($"'{name}' is not declared");
    }

    private Instruction[] DecodeOne(PtxInstruction source)
    {
        DecodeContext context = new(this, source);
        _added.Clear();
        Instruction instruction = InstructionTable.Decode(context);
        context.End();
        instruction.Location = source.Location;
        instruction.Opcode = source.Opcode;
        List<Slot> reads = [.. context.Reads];
        if (source.Guard is PtxRegister guard)
        {
            instruction.Guard = Register(guard).Offset;
            instruction.GuardFlip = source.IsGuardNegated ? Lanes.All : 0;
            reads.Add(Register(guard));
        }
        instruction.Reads = reads;
        instruction.Writes = [.. context.Writes];
        return [.. _added, instruction];
    }

    private void PlaceRegisters()
    {
        HashSet<PtxRegister> registers = [];
        foreach (PtxInstruction instruction in _function.Body!)
        {
            if (instruction.Guard is not null)
                registers.Add(instruction.Guard);
            foreach (PtxOperand operand in instruction.Operands)
                Collect(operand, registers);
        }
        foreach (PtxVariable parameter in _function.Parameters.Concat(_function.Results))
        {
            if (parameter.Register is not null)
                registers.Add(parameter.Register);
        }
        foreach (PtxRegister register in registers.OrderBy(register => FrameBuilder.SizeOf(register.Type)))
            _frame.Add(register);
        Code.RegisterBytes = _frame.Bytes;
    }

    private static void Collect(PtxOperand? operand, HashSet<PtxRegister> registers)
    {
        switch (operand)
        {
            case RegisterOperand register:
                registers.Add(register.Register);
                break;
            case AddressOperand address:
                Collect(address.Base, registers);
                foreach (PtxOperand more in address.More)
                    Collect(more, registers);
                break;
            case PairOperand pair:
                Collect(pair.First, registers);
                Collect(pair.Second, registers);
                break;
            case VectorOperand vector:
                foreach (PtxOperand element in vector.Elements)
                    Collect(element, registers);
                break;
            case ListOperand list:
                foreach (PtxOperand element in list.Elements)
                    Collect(element, registers);
                break;
        }
    }

    private void PlaceVariables()
    {
        if (!_function.IsEntry)
        {
            Code.Results = [.. _function.Results.Select(PlaceParam)];
            Code.Parameters = [.. _function.Parameters.Select(PlaceParam)];
        }
        foreach (PtxVariable variable in _function.Variables)
        {
            if (variable.Space == StateSpace.Param)
                PlaceParam(variable);
            else if (variable.Space == StateSpace.Local)
                PlaceLocal(variable);
        }
        Code.ParamStride = Align(Code.ParamStride, 16);
        Code.LocalBytes = Align(Code.LocalBytes, 16);
    }

    private CallInstruction.Argument PlaceParam(PtxVariable variable)
    {
        if (variable.Register is not null)
            return new CallInstruction.Argument(Register(variable.Register), 0, variable.Bytes);
        int offset = Align(Code.ParamStride, Math.Max(1, variable.Alignment));
        _paramOffsets[variable] = offset;
        Code.ParamStride = offset + variable.Bytes;
        return new CallInstruction.Argument(Slot.None, offset, variable.Bytes);
    }

    private void PlaceLocal(PtxVariable variable)
    {
        int offset = Align(Code.LocalBytes, Math.Max(1, variable.Alignment));
        _localOffsets[variable] = offset;
        Code.LocalBytes = offset + variable.Bytes;
    }

    private static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
