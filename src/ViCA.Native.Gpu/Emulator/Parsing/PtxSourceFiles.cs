namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>What <c>.file</c> and <c>.loc</c> say (PTX ISA 11.5).</summary>
internal sealed class PtxSourceFiles
{
    private readonly Dictionary<long, string> _names = [];
    private long _file = -1;
    private int _line;

    /// <summary>The place of an instruction on that PTX line, from the last <c>.loc</c>.</summary>
    public PtxLocation At(int ptxLine) => new(ptxLine, _names.GetValueOrDefault(_file), _line);

    /// <summary>A function starts without a source line.</summary>
    public void Forget()
    {
        _file = -1;
        _line = 0;
    }

    public void ParseFile(PtxTokenReader reader)
    {
        reader.Take();
        long index = reader.ExpectInteger("number of a file");
        if (reader.Current.Kind != PtxTokenKind.Text)
            throw reader.Error($"unexpected '{reader.Current.Text}' (expected the name of a file)");
        string name = reader.Take().Text;
        // DWARF 5 gives the folder and the name apart.
        _names[index] = reader.Current.Kind == PtxTokenKind.Text ? $"{name}/{reader.Take().Text}" : name;
        while (reader.TryTake(','))
            reader.ExpectInteger("time or size of a file");
    }

    public void ParseLocation(PtxTokenReader reader)
    {
        reader.Take();
        _file = reader.ExpectInteger("number of a file");
        _line = reader.ExpectSize("number of a line");
        reader.ExpectInteger("number of a column");
        while (reader.TryTake(','))
            ParseInlining(reader);
    }

    private static void ParseInlining(PtxTokenReader reader)
    {
        if (reader.TryTakeWord("function_name"))
        {
            reader.ExpectWord("label of a function's name");
            if (reader.TryTake('+'))
                reader.ExpectInteger("offset from a label");
            return;
        }
        if (!reader.TryTakeWord("inlined_at"))
            throw reader.Error($"unexpected '{reader.Current.Text}' (expected function_name or inlined_at)");
        reader.ExpectInteger("number of a file");
        reader.ExpectInteger("number of a line");
        reader.ExpectInteger("number of a column");
    }
}
