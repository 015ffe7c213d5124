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

    /// <summary>Notes all files before the rest is read: <c>.file</c> may stand behind the code.</summary>
    public void Collect(List<PtxToken> tokens)
    {
        for (int i = 0; i + 2 < tokens.Count; i++)
        {
            bool names = tokens[i].IsWord(".file") && tokens[i + 1].Kind == PtxTokenKind.Integer
                && tokens[i + 2].Kind == PtxTokenKind.Text;
            if (!names)
                continue;
            // DWARF 5 gives the folder and the name apart.
            bool apart = i + 3 < tokens.Count && tokens[i + 3].Kind == PtxTokenKind.Text;
            _names[(long)tokens[i + 1].Bits] = apart ? $"{tokens[i + 2].Text}/{tokens[i + 3].Text}" : tokens[i + 2].Text;
        }
    }

    public static void SkipFile(PtxTokenReader reader)
    {
        reader.Take();
        reader.ExpectInteger("number of a file");
        if (reader.Current.Kind != PtxTokenKind.Text)
            throw reader.Error($"unexpected '{reader.Current.Text}' (expected the name of a file)");
        while (reader.Current.Kind == PtxTokenKind.Text)
            reader.Take();
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
