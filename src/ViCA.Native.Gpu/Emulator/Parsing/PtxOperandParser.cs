using static ViCA.Native.Gpu.Emulator.Parsing.PtxOperand;

namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>Operands of instructions, names resolved to registers and variables (PTX ISA 6).</summary>
internal sealed class PtxOperandParser(PtxTokenReader reader)
{
    public PtxOperand Parse(PtxScope scope)
    {
        PtxOperand operand = ParseSimple(scope);
        return reader.TryTake('|') ? new PairOperand(operand, ParseSimple(scope)) : operand;
    }

    private PtxOperand ParseSimple(PtxScope scope)
    {
        PtxToken token = reader.Current;
        if (reader.TryTake('['))
            return ParseAddress(scope);
        if (reader.TryTake('{'))
            return new VectorOperand(ParseList(scope, '}'));
        if (reader.TryTake('('))
            return new ListOperand(ParseList(scope, ')'));
        if (reader.TryTake('!'))
            return Negate(ParseName(scope));
        if (token.Kind == PtxTokenKind.Word)
            return ParseName(scope);
        return ParseImmediate();
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
            elements.Add(Parse(scope));
            reader.TryTake(',');
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
            return new VariableOperand(variable, ParseOffset());
        return new NameOperand(name);
    }

    private long ParseOffset()
    {
        if (reader.TryTake('+'))
            return reader.ExpectInteger("offset");
        return reader.TryTake('-') ? -reader.ExpectInteger("offset") : 0;
    }

    private AddressOperand ParseAddress(PtxScope scope)
    {
        PtxOperand? start = null;
        long offset;
        if (reader.Current.Kind == PtxTokenKind.Word)
        {
            start = ParseName(scope);
            offset = ParseOffset();
            if (start is VariableOperand variable)
            {
                offset += variable.Offset;
                start = variable with { Offset = 0 };
            }
        }
        else
        {
            offset = reader.ExpectInteger("address");
        }
        List<PtxOperand> more = [];
        while (reader.TryTake(','))
            more.Add(Parse(scope));
        reader.Expect(']');
        return new AddressOperand(start, offset, more);
    }

    private ImmediateOperand ParseImmediate()
    {
        bool negative = reader.TryTake('-');
        PtxToken token = reader.Take();
        ulong bits = token.Kind switch
        {
            PtxTokenKind.Integer => unchecked(negative ? 0 - token.Bits : token.Bits),
            PtxTokenKind.Single => negative ? token.Bits ^ 0x80000000 : token.Bits,
            PtxTokenKind.Double => negative ? token.Bits ^ 0x8000000000000000 : token.Bits,
            _ => throw reader.Error($"unexpected '{token.Text}' (expected an operand)"),
        };
        return new ImmediateOperand(token.Kind, bits);
    }
}
