namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>Declarations of registers, variables and parameters, with initialisers (PTX ISA 5.4).</summary>
internal sealed class PtxVariableParser(PtxTokenReader reader)
{
    public static bool TryStateSpace(string word, out StateSpace space)
    {
        (space, bool found) = word switch
        {
            ".global" => (StateSpace.Global, true),
            ".const" => (StateSpace.Const, true),
            ".shared" or ".shared::cta" => (StateSpace.Shared, true),
            ".local" => (StateSpace.Local, true),
            ".param" => (StateSpace.Param, true),
            _ => (StateSpace.Generic, false),
        };
        return found;
    }

    /// <summary>A parameter between the parentheses of a function, without its comma.</summary>
    public PtxVariable ParseParameter()
    {
        if (reader.TryTakeWord(".reg"))
        {
            PtxType type = ParseType(out _);
            PtxRegister register = new(reader.ExpectWord("name of a parameter"), type);
            return new PtxVariable
            {
                Name = register.Name,
                Space = StateSpace.Param,
                Type = type,
                Bytes = type.Bytes(),
                Alignment = Math.Max(1, type.Bytes()),
                Register = register,
                Line = reader.Line,
            };
        }
        if (!reader.Current.IsWord(".param"))
            throw reader.Error($"unexpected '{reader.Current.Text}' (expected .param)");
        return ParseOne(ParsePrefix(), isExtern: false);
    }

    /// <summary>Variables of one statement, up to and with its semicolon.</summary>
    public List<PtxVariable> ParseMemory(bool isExtern)
    {
        (StateSpace Space, PtxType Type, int Elements, int Alignment) prefix = ParsePrefix();
        List<PtxVariable> variables = [];
        do
            variables.Add(ParseOne(prefix, isExtern));
        while (reader.TryTake(','));
        reader.Expect(';');
        return variables;
    }

    /// <summary>Registers of one statement, up to and with its semicolon.</summary>
    public void ParseRegisters(PtxScope scope)
    {
        reader.Take();
        PtxType type = ParseType(out int elements);
        do
        {
            string name = reader.ExpectWord("name of a register");
            if (reader.TryTake('<'))
            {
                scope.DeclareRange(name, reader.ExpectSize("number of registers"), type);
                reader.Expect('>');
            }
            else if (elements > 1)
            {
                DeclareVector(scope, name, type, elements);
            }
            else
            {
                scope.Declare(new PtxRegister(name, type));
            }
        }
        while (reader.TryTake(','));
        reader.Expect(';');
    }

    private static void DeclareVector(PtxScope scope, string name, PtxType type, int elements)
    {
        List<PtxOperand> registers = [];
        for (int i = 0; i < elements; i++)
        {
            PtxRegister register = new($"{name}.{"xyzw"[i]}", type);
            scope.Declare(register);
            registers.Add(new PtxOperand.RegisterOperand(register, false));
        }
        scope.DeclareVector(name, registers);
    }

    private (StateSpace Space, PtxType Type, int Elements, int Alignment) ParsePrefix()
    {
        if (!TryStateSpace(reader.Take().Text, out StateSpace space))
            throw reader.Error("not a state space");
        int alignment = 0;
        int elements = 1;
        PtxType? type = null;
        while (reader.Current.Kind == PtxTokenKind.Word && reader.Current.Text[0] == '.')
        {
            string word = reader.Take().Text;
            if (word == ".align")
                alignment = reader.ExpectSize("alignment");
            else if (word is ".v2" or ".v4")
                elements = word[2] - '0';
            else if (PtxTypes.TryParse(word[1..], out PtxType found))
                type = found;
            else if (word == ".ptr")
                SkipPointerAttributes();
            else if (word == ".attribute")
                SkipAttribute();
            else
                throw reader.Error($"unexpected '{word}' in a declaration (expected a type)");
        }
        if (type is null)
            throw reader.Error($"unexpected '{reader.Current.Text}' (expected a type)");
        alignment = alignment == 0 ? type.Value.Bytes() * elements : alignment;
        return (space, type.Value, elements, alignment);
    }

    private void SkipPointerAttributes()
    {
        while (reader.Current.Kind == PtxTokenKind.Word && reader.Current.Text[0] == '.')
        {
            if (reader.Take().Text == ".align")
                reader.ExpectSize("alignment");
        }
    }

    private void SkipAttribute()
    {
        reader.Expect('(');
        while (!reader.TryTake(')'))
        {
            if (reader.IsAtEnd)
                throw reader.Error("an attribute without end (expected ')')");
            reader.Take();
        }
    }

    private PtxType ParseType(out int elements)
    {
        elements = 1;
        if (reader.Current.Text is ".v2" or ".v4")
            elements = reader.Take().Text[2] - '0';
        string word = reader.ExpectWord("type");
        return word[0] == '.' && PtxTypes.TryParse(word[1..], out PtxType type)
            ? type
            : throw reader.Error($"'{word}' is not a type");
    }

    private PtxVariable ParseOne((StateSpace Space, PtxType Type, int Elements, int Alignment) prefix, bool isExtern)
    {
        int line = reader.Line;
        string name = reader.ExpectWord("name of a variable");
        long count = prefix.Elements;
        bool isUnsized = false;
        while (reader.TryTake('['))
        {
            isUnsized |= reader.Current.Is(']');
            if (!reader.Current.Is(']'))
                count *= reader.ExpectSize("length of an array");
            reader.Expect(']');
        }
        List<PtxInitialValue>? initialiser = null;
        if (reader.TryTake('='))
            initialiser = new PtxInitialiserParser(reader, prefix.Type).Parse();
        if (isUnsized)
            count = initialiser?.Count ?? 0;
        long bytes = count * prefix.Type.Bytes();
        if (bytes > int.MaxValue)
            throw PtxTokenReader.Error(line, $"{name} is too large ({bytes} bytes)");
        return new PtxVariable
        {
            Name = name,
            Space = prefix.Space,
            Type = prefix.Type,
            Bytes = (int)bytes,
            Alignment = prefix.Alignment,
            IsExtern = isExtern,
            Initialiser = initialiser,
            Line = line,
        };
    }
}
