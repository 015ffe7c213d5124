using static ViCA.Native.Gpu.Emulator.Parsing.PtxOperand;

namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>Operands of instructions, names resolved to registers and variables (PTX ISA 6).</summary>
internal sealed class PtxOperandParser(PtxTokenReader reader)
{
    private readonly PtxConstantExpression _constants = new(reader);

    /// <summary>An operand of an instruction other than a call.</summary>
    public PtxOperand Parse(PtxScope scope)
    {
        PtxOperand operand = ParseSimple(scope);
        return reader.TryTake('|') ? new PairOperand(operand, ParseSimple(scope)) : operand;
    }

    /// <summary>An operand of a call, whose parentheses hold a list.</summary>
    public PtxOperand ParseOfCall(PtxScope scope) =>
        reader.TryTake('(') ? new ListOperand(ParseList(scope, ')')) : Parse(scope);

    private PtxOperand ParseSimple(PtxScope scope)
    {
        PtxToken token = reader.Current;
        if (reader.TryTake('['))
            return ParseAddress(scope);
        if (reader.TryTake('{'))
            return new VectorOperand(ParseList(scope, '}'));
        if (token.Is('!') && reader.Peek(1).Kind == PtxTokenKind.Word && !PtxConstantExpression.IsWarpSize(reader.Peek(1)))
        {
            reader.Take();
            return Negate(ParseName(scope));
        }

        if (token.Kind == PtxTokenKind.Word && !PtxConstantExpression.IsWarpSize(token))
            return ParseName(scope);
        PtxConstant constant = _constants.Parse();
        return new ImmediateOperand(constant.Kind, constant.Bits);
    }

    private RegisterOperand Negate(PtxOperand operand) => operand is RegisterOperand { Register.Type: PtxType.Pred } found
        ? found with { IsNegated = true }
        : throw reader.Error("'!' stands in front of something else than a predicate");

    private List<PtxOperand> ParseList(PtxScope scope, char end)
    {
        List<PtxOperand> elements = [];
        while (!reader.TryTake(end))
        {
            if (reader.IsAtEnd || reader.Current.Is(';'))
                throw reader.Error($"a list without end (expected '{end}')");
            if (elements.Count > 0)
                reader.Expect(',');
            elements.Add(Parse(scope));
        }
        return elements;
    }

    private PtxOperand ParseName(PtxScope scope)
    {
        string name = reader.ExpectWord("operand");
        if (name == "_")
            return new SinkOperand();
        if (scope.FindRegister(name) is PtxRegister register)
            return new RegisterOperand(register, false);
        if (scope.FindVector(name) is IReadOnlyList<PtxOperand> elements)
            return new VectorOperand(elements);
        if (scope.FindVariable(name) is PtxVariable variable)
            return new VariableOperand(variable, _constants.ParseOffset());
        return new NameOperand(name);
    }

    private AddressOperand ParseAddress(PtxScope scope)
    {
        PtxOperand? start = null;
        long offset;
        if (reader.Current.Kind == PtxTokenKind.Word)
        {
            start = ParseName(scope);
            offset = _constants.ParseOffset();
            if (start is VariableOperand variable)
            {
                offset += variable.Offset;
                start = variable with { Offset = 0 };
            }
        }
        else
        {
            offset = _constants.ParseInteger("an address");
        }
        List<PtxOperand> more = [];
        while (reader.TryTake(','))
            more.Add(Parse(scope));
        reader.Expect(']');
        return new AddressOperand(start, offset, more);
    }
}
