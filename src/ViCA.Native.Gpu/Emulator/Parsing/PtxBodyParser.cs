namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>The statements between a function's braces (PTX ISA 4.3).</summary>
internal sealed class PtxBodyParser(PtxTokenReader reader, PtxVariableParser variables, PtxSourceFiles files)
{
    private readonly PtxOperandParser _operands = new(reader);
    private List<PtxInstruction> _body = [];
    private PtxFunction? _function;

    public void Parse(PtxFunction function, PtxScope parameters)
    {
        _body = [];
        _function = function;
        files.Forget();
        ParseBlock(new PtxScope(parameters));
        function.Body = _body;
    }

    private void ParseBlock(PtxScope scope)
    {
        reader.Expect('{');
        while (!reader.TryTake('}'))
        {
            if (reader.IsAtEnd)
                throw reader.Error("the text ends inside a function (expected '}')");
            ParseStatement(scope);
        }
    }

    private void ParseStatement(PtxScope scope)
    {
        PtxToken token = reader.Current;
        if (token.Is('{'))
            ParseBlock(new PtxScope(scope));
        else if (token.Is(';'))
            reader.Take();
        else if (token.Kind == PtxTokenKind.Word && reader.Peek(1).Is(':'))
            ParseLabel(scope);
        else if (token.Kind == PtxTokenKind.Word && token.Text[0] == '.')
            ParseDirective(scope);
        else
            ParseInstruction(scope);
    }

    private void ParseLabel(PtxScope scope)
    {
        string name = reader.Take().Text;
        reader.Expect(':');
        switch (reader.Current.Text)
        {
            case ".branchtargets":
                reader.Take();
                scope.BranchTables[name] = ParseNames();
                break;
            case ".callprototype" or ".calltargets":
                SkipStatement();
                break;
            default:
                if (!scope.Labels.TryAdd(name, _body.Count))
                    throw reader.Error($"label {name} stands twice in one scope");
                break;
        }
    }

    private List<string> ParseNames()
    {
        List<string> names = [];
        do
            names.Add(reader.ExpectWord("label"));
        while (reader.TryTake(','));
        reader.Expect(';');
        return names;
    }

    private void SkipStatement()
    {
        while (!reader.IsAtEnd && !reader.TryTake(';'))
            reader.Take();
    }

    private void ParseDirective(PtxScope scope)
    {
        string word = reader.Current.Text;
        if (word == ".reg")
            variables.ParseRegisters(scope);
        else if (word == ".loc")
            files.ParseLocation(reader);
        else if (word == ".file")
            PtxSourceFiles.SkipFile(reader);
        else if (word == ".pragma")
            SkipStatement();
        else if (PtxVariableParser.TryStateSpace(word, out _))
            DeclareVariables(scope);
        else
            throw reader.Error($"unexpected '{word}' (expected a directive of a function)");
    }

    private void DeclareVariables(PtxScope scope)
    {
        foreach (PtxVariable variable in variables.ParseMemory(isExtern: false))
        {
            scope.Declare(variable);
            _function!.Variables.Add(variable);
        }
    }

    private void ParseInstruction(PtxScope scope)
    {
        PtxRegister? guard = null;
        bool negated = false;
        int line = reader.Line;
        if (reader.TryTake('@'))
        {
            negated = reader.TryTake('!');
            string name = reader.ExpectWord("predicate");
            guard = scope.FindRegister(name);
            if (guard is null || guard.Type != PtxType.Pred)
                throw PtxTokenReader.Error(line, $"'{name}' is not a predicate register");
            line = reader.Line;
        }
        string opcode = reader.ExpectWord("instruction");
        bool isCall = opcode == "call" || opcode.StartsWith("call.", StringComparison.Ordinal);
        List<PtxOperand> operands = [];
        while (!reader.TryTake(';'))
        {
            if (reader.Current.Is('}') || reader.IsAtEnd)
                throw reader.Error($"{opcode} has no end (expected ';')");
            if (operands.Count > 0)
                reader.Expect(',');
            operands.Add(isCall ? _operands.ParseOfCall(scope) : _operands.Parse(scope));
        }
        _body.Add(new PtxInstruction
        {
            Opcode = opcode,
            Guard = guard,
            IsGuardNegated = negated,
            Operands = operands,
            Scope = scope,
            Location = files.At(line),
        });
    }
}
