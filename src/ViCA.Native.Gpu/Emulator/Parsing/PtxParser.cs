namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>Reads a whole module: directives, variables, functions (PTX ISA 4 to 7 and 11).</summary>
internal sealed class PtxParser
{
    private static readonly HashSet<string> Linking = [".visible", ".extern", ".weak", ".common"];

    private readonly PtxTokenReader _reader;
    private readonly PtxVariableParser _variables;
    private readonly PtxBodyParser _bodies;
    private readonly PtxScope _scope = new(null);
    private readonly List<PtxVariable> _moduleVariables = [];
    private readonly Dictionary<string, PtxFunction> _functions = new(StringComparer.Ordinal);
    private readonly PtxSourceFiles _files = new();
    private Version? _version;
    private string _target = "";

    public PtxParser(string text)
    {
        List<PtxToken> tokens = new PtxLexer(text).Read();
        _files.Collect(tokens);
        _reader = new PtxTokenReader(tokens);
        _variables = new PtxVariableParser(_reader);
        _bodies = new PtxBodyParser(_reader, _variables, _files);
    }

    /// <summary>The module. Throws <see cref="PtxFormatException"/>.</summary>
    public PtxModule Parse()
    {
        while (!_reader.IsAtEnd)
            ParseTopLevel();
        if (_version is null)
            throw PtxTokenReader.Error(1, "no .version directive");
        return new PtxModule(_version, _target, _moduleVariables, _functions);
    }

    private void ParseTopLevel()
    {
        bool isExtern = false;
        while (Linking.Contains(_reader.Current.Text))
            isExtern |= _reader.Take().Text == ".extern";
        string word = _reader.Current.Text;
        switch (word)
        {
            case ".version":
                ParseVersion();
                break;
            case ".target":
                ParseTarget();
                break;
            case ".address_size":
                ParseAddressSize();
                break;
            case ".file":
                PtxSourceFiles.SkipFile(_reader);
                break;
            case ".section":
                _reader.Take();
                _reader.ExpectWord("name of a section");
                _reader.SkipBraces();
                break;
            case ".loc":
                _files.ParseLocation(_reader);
                break;
            case ".func" or ".entry":
                ParseFunction();
                break;
            case ".pragma":
                SkipStatement();
                break;
            case ".alias":
                throw Unsupported(".alias");
            default:
                ParseModuleVariable(isExtern);
                break;
        }
    }

    private PtxFormatException Unsupported(string name) => new(ErrorCodes.PtxUnsupported, _reader.Line,
        $"PTX line {_reader.Line}: the emulator does not have {name}; call the function by its own name");

    private void SkipStatement()
    {
        while (!_reader.IsAtEnd && !_reader.TryTake(';'))
            _reader.Take();
    }

    private void ParseVersion()
    {
        int line = _reader.Take().Line;
        PtxToken number = _reader.Take();
        if (!Version.TryParse(number.Text, out Version? version))
            throw PtxTokenReader.Error(line, $"'{number.Text}' is not a version (expected e.g. 8.0)");
        if (version > new Version(9, 0))
        {
            string what = $".version {version} is not known (expected 9.0 at most)";
            throw new PtxFormatException(ErrorCodes.PtxUnsupported, line, $"PTX line {line}: {what}; lower it");
        }
        _version = version;
    }

    private void ParseTarget()
    {
        _reader.Take();
        _target = _reader.ExpectWord("name of a target");
        while (_reader.TryTake(','))
            _reader.ExpectWord("option of a target");
    }

    private void ParseAddressSize()
    {
        int line = _reader.Take().Line;
        if (_reader.ExpectInteger("size of an address") != 64)
            throw new PtxFormatException(ErrorCodes.PtxUnsupported, line,
                $"PTX line {line}: addresses are not of 64 bits; compile for .address_size 64");
    }

    private void ParseModuleVariable(bool isExtern)
    {
        if (!PtxVariableParser.TryStateSpace(_reader.Current.Text, out StateSpace space) || space == StateSpace.Param)
            throw _reader.Error($"unexpected '{_reader.Current.Text}' (expected a directive of a module)");
        foreach (PtxVariable variable in _variables.ParseMemory(isExtern))
        {
            _scope.Declare(variable);
            _moduleVariables.Add(variable);
        }
    }

    private void ParseFunction()
    {
        PtxToken keyword = _reader.Take();
        PtxScope parameters = new(_scope);
        List<PtxVariable> results = [];
        if (keyword.Text == ".func" && _reader.Current.Is('('))
            results = ParseParameters(parameters);
        string name = _reader.ExpectWord("name of a function");
        PtxFunction function = new()
        {
            Name = name,
            IsEntry = keyword.Text == ".entry",
            Results = results,
            Parameters = _reader.Current.Is('(') ? ParseParameters(parameters) : [],
            Line = keyword.Line,
        };
        ParseFunctionDirectives(function);
        if (!_functions.TryGetValue(name, out PtxFunction? declared) || declared.Body is null)
            _functions[name] = function;
        if (!_reader.TryTake(';'))
            _bodies.Parse(function, parameters);
    }

    private List<PtxVariable> ParseParameters(PtxScope scope)
    {
        List<PtxVariable> parameters = [];
        _reader.Expect('(');
        while (!_reader.TryTake(')'))
        {
            PtxVariable parameter = _variables.ParseParameter();
            scope.Declare(parameter);
            parameters.Add(parameter);
            _reader.TryTake(',');
        }
        return parameters;
    }

    private void ParseFunctionDirectives(PtxFunction function)
    {
        while (_reader.Current.Kind == PtxTokenKind.Word)
        {
            string name = _reader.Take().Text[1..];
            List<int> values = [];
            while (_reader.Current.Kind is PtxTokenKind.Integer or PtxTokenKind.Text || _reader.Current.Is(','))
            {
                PtxToken token = _reader.Take();
                if (token.Kind == PtxTokenKind.Integer)
                    values.Add((int)token.Bits);
            }
            function.Directives[name] = [.. values];
            if (name == "pragma")
                _reader.Expect(';');
        }
    }
}
