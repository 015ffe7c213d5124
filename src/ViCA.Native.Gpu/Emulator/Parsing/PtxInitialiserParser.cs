namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>What stands behind the <c>=</c> of a variable (PTX ISA 5.4.4), flattened to one list.</summary>
internal sealed class PtxInitialiserParser(PtxTokenReader reader, PtxType type)
{
    private readonly List<PtxInitialValue> _values = [];
    private readonly PtxConstantExpression _constants = new(reader);

    public List<PtxInitialValue> Parse()
    {
        ParseLevel();
        return _values;
    }

    private void ParseLevel()
    {
        if (!reader.TryTake('{'))
        {
            _values.Add(ParseValue());
            return;
        }
        while (!reader.TryTake('}'))
        {
            ParseLevel();
            reader.TryTake(',');
        }
    }

    private PtxInitialValue ParseValue()
    {
        if (reader.Current.Kind != PtxTokenKind.Word || PtxConstantExpression.IsWarpSize(reader.Current))
            return ParseNumber();
        string name = reader.Take().Text;
        if (name == "generic" && reader.TryTake('('))
        {
            name = reader.ExpectWord("name of a variable");
            reader.Expect(')');
            return new PtxInitialValue(name, true, (ulong)_constants.ParseOffset());
        }
        return new PtxInitialValue(name, false, (ulong)_constants.ParseOffset());
    }

    private PtxInitialValue ParseNumber()
    {
        PtxToken first = reader.Current;
        if (first.Kind == PtxTokenKind.Integer && reader.Peek(1).Is('('))
        {
            reader.Take();
            reader.Take();
            return ParseMasked(first);
        }

        PtxConstant value = _constants.Parse();
        return new PtxInitialValue(null, false, value.Kind switch
        {
            PtxTokenKind.Single => PtxConstants.FromSingle((uint)value.Bits, type),
            PtxTokenKind.Double => PtxConstants.FromDouble(value.Bits, type),
            _ => value.Bits,
        });
    }

    private PtxInitialValue ParseMasked(PtxToken mask)
    {
        PtxInitialValue value = ParseValue();
        reader.Expect(')');
        return value with { Shift = System.Numerics.BitOperations.TrailingZeroCount(mask.Bits) };
    }
}
