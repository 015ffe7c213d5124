namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>What stands behind the <c>=</c> of a variable (PTX ISA 5.4.4), flattened to one list.</summary>
internal sealed class PtxInitialiserParser(PtxTokenReader reader, PtxType type)
{
    private readonly List<PtxInitialValue> _values = [];

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
        if (reader.Current.Kind != PtxTokenKind.Word)
            return ParseNumber();
        string name = reader.Take().Text;
        if (name == "generic" && reader.TryTake('('))
        {
            name = reader.ExpectWord("name of a variable");
            reader.Expect(')');
            return new PtxInitialValue(name, true, ParseOffset());
        }
        return new PtxInitialValue(name, false, ParseOffset());
    }

    private ulong ParseOffset()
    {
        if (reader.TryTake('+'))
            return unchecked((ulong)reader.ExpectInteger("offset from a symbol"));
        return reader.TryTake('-') ? unchecked(0 - (ulong)reader.ExpectInteger("offset from a symbol")) : 0;
    }

    private PtxInitialValue ParseNumber()
    {
        bool negative = reader.TryTake('-');
        PtxToken token = reader.Take();
        if (token.Kind == PtxTokenKind.Integer && reader.TryTake('('))
            return ParseMasked(token);
        ulong bits = token.Kind switch
        {
            PtxTokenKind.Integer => unchecked(negative ? 0 - token.Bits : token.Bits),
            PtxTokenKind.Single => PtxConstants.FromSingle((uint)token.Bits, type, negative),
            PtxTokenKind.Double => PtxConstants.FromDouble(token.Bits, type, negative),
            _ => throw reader.Error($"unexpected '{token.Text}' (expected a value)"),
        };
        return new PtxInitialValue(null, false, bits);
    }

    private PtxInitialValue ParseMasked(PtxToken mask)
    {
        PtxInitialValue value = ParseValue();
        reader.Expect(')');
        return value with { Shift = System.Numerics.BitOperations.TrailingZeroCount(mask.Bits) };
    }
}
