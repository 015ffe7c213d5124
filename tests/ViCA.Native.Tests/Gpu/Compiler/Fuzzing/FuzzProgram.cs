using System.Globalization;
using System.Text;

namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>The C# text of one random program. Equal seeds give equal text.</summary>
internal sealed class FuzzProgram
{
    private const int MaxStatements = 22;

    private readonly Random _random;
    private readonly FuzzExpressions _expressions;
    private readonly StringBuilder _text = new();
    private int _indent = 2;
    private int _names;
    private int _statements;

    private FuzzProgram(int seed)
    {
        _random = new Random(seed);
        _expressions = new FuzzExpressions(_random);
    }

    /// <summary>The name of the program's type.</summary>
    public static string Name(int seed) => FormattableString.Invariant($"Program{seed}");

    public static string Generate(int seed)
    {
        FuzzProgram program = new(seed);
        program.Write(Name(seed));
        return program._text.ToString();
    }

    private void Write(string name)
    {
        _text.Append(CultureInfo.InvariantCulture, $"public readonly struct {name} : IFuzzProgram\n{{\n");
        _text.Append("    public static ulong Run(FuzzInput input)\n    {\n        unchecked\n        {\n");
        _indent = 3;
        Line("ulong hash = 1;");
        foreach ((string type, string field) in ((string, string)[])
            [("int", "Int"), ("uint", "UInt"), ("long", "Long"), ("ulong", "ULong"), ("short", "Short"),
            ("ushort", "UShort"), ("sbyte", "SByte"), ("byte", "Byte"), ("float", "Float"), ("double", "Double")])
        {
            Declare(type, $"input.{field}");
        }

        Declare("bool", "input.Int > 3");
        Declare("float", "input.Int * 0.5f");
        Declare("int", "input.Byte");
        Line("Mixed m0 = Library.Make(input.Int, input.Long, input.Float);");
        Line("Mixed m1 = default;");
        while (_statements < MaxStatements)
            Statement(depth: 3, loops: 0);
        foreach ((string type, string variable) in _expressions.Variables())
            Trace(type, variable);
        Line("hash = Library.Mix(hash, Library.Hash(in m0) ^ (3 * Library.Hash(in m1)));");
        Line("return hash;");
        _text.Append("        }\n    }\n}\n\n");
    }

    private void Line(string text) => _text.Append(' ', 4 * _indent).Append(text).Append('\n');

    private void Open(string text)
    {
        Line(text);
        Line("{");
        _indent++;
    }

    private void Close(string text = "")
    {
        _indent--;
        Line("}" + text);
    }

    private string Fresh(string type) => FormattableString.Invariant($"{type[0]}{_names++}");

    private void Declare(string type, string value)
    {
        string name = Fresh(type);
        Line($"{type} {name} = {value};");
        _expressions.Declare(type, name);
    }

    private void Trace(string type, string value) => Line(type switch
    {
        "bool" => $"hash = Library.Mix(hash, {value} ? 1UL : 2UL);",
        "float" or "double" => $"hash = Library.Mix(hash, Library.Bits({value}));",
        _ => $"hash = Library.Mix(hash, (ulong){value});",
    });

    private void Block(int depth, int loops)
    {
        int count = 1 + _random.Next(3);
        for (int i = 0; i < count; i++)
            Statement(depth, loops);
    }

    private void Statement(int depth, int loops)
    {
        _statements++;
        int kind = _random.Next(depth > 0 ? 22 : 13);
        switch (kind)
        {
            case <= 4:
                Assign();
                break;
            case 5:
                string type = _expressions.Type();
                Trace(type, $"({_expressions.Of(type, 2)})");
                break;
            case 6 or 7:
                ChangeStructs();
                break;
            case 8:
                Line($"Library.Update(ref {_expressions.Variable("int")}, in {_expressions.Variable("long")}, out {_expressions.Variable("short")});");
                break;
            case 9 or 10 when loops > 0:
                Line($"if ({_expressions.Condition(1)})");
                Line(_random.Next(2) == 0 ? "    break;" : "    continue;");
                break;
            case 11 when depth < 3:
                Line($"if ({_expressions.Condition(2)} && {_expressions.Condition(1)})");
                Line("    return hash;");
                break;
            case 13 or 14 or 15:
                If(depth, loops);
                break;
            case 16 or 17 when loops < 3:
                For(depth, loops);
                break;
            case 18 when loops < 3:
                While(depth, loops);
                break;
            case 19 when loops < 3:
                Do(depth, loops);
                break;
            case 20 or 21:
                Switch(depth, loops);
                break;
            default:
                Assign();
                break;
        }
    }

    private void Assign()
    {
        string type = _expressions.Type();
        string target = _expressions.Variable(type);
        if (type != "bool" && _random.Next(4) == 0)
            Line($"{target}{(_random.Next(2) == 0 ? "++" : "--")};");
        else if (type != "bool" && _random.Next(3) == 0)
            Line($"{target} {"+-*"[_random.Next(3)]}= {_expressions.Of(type, 2)};");
        else
            Line($"{target} = {_expressions.Of(type, 3)};");
    }

    private void ChangeStructs()
    {
        (string a, string b) = _random.Next(2) == 0 ? ("m0", "m1") : ("m1", "m0");
        Line(_random.Next(9) switch
        {
            0 => $"{a} = {b};",
            1 => $"{a}.A += {_expressions.Of("int", 2)};",
            2 => $"{a}.C = {_expressions.Of("float", 2)};",
            3 => $"{a} = {_expressions.Condition(1)} ? {a} : {b};",
            4 => $"Library.Exchange(ref m0, ref m1);",
            5 => $"{a}.E = {b}.E;",
            6 => $"{a}.Turn({_expressions.Of("int", 1)});",
            7 => $"{_expressions.Variable("int")} = {a}.Sum({b}.E.X);",
            _ => $"{a} = {b} with {{ D = {_expressions.Of("short", 2)}, B = {_expressions.Of("long", 1)} }};",
        });
    }

    private void If(int depth, int loops)
    {
        Open($"if ({_expressions.Condition(2)})");
        Block(depth - 1, loops);
        Close();
        if (_random.Next(2) != 0)
            return;
        Open("else");
        Block(depth - 1, loops);
        Close();
    }

    private string Bound() => _random.Next(2) == 0
        ? _random.Next(1, 7).ToString(CultureInfo.InvariantCulture)
        : $"({_expressions.Variable("int")} & {_random.Next(1, 8)})";

    private void For(int depth, int loops)
    {
        string index = Fresh("k");
        string other = Fresh("j");
        Open(_random.Next(3) switch
        {
            0 => $"for (int {index} = 0, {other} = {_expressions.Variable("int")} & 7; {index} < {other}; {index}++)",
            1 => $"for (int {index} = {_random.Next(1, 9)}, {other} = 0; {index} > {other}; {index} -= {_random.Next(1, 3)})",
            _ => $"for (int {index} = 0, {other} = {_random.Next(1, 7)}; {index} != {other}; {index}++)",
        });
        Line($"hash = Library.Mix(hash, (ulong){index});");
        Block(depth - 1, loops + 1);
        Close();
    }

    private void While(int depth, int loops)
    {
        string fuel = Fresh("k");
        Line($"int {fuel} = {Bound()};");
        Open($"while ({_expressions.Condition(1)} && {fuel}-- > 0)");
        Block(depth - 1, loops + 1);
        Close();
    }

    private void Do(int depth, int loops)
    {
        string fuel = Fresh("k");
        Line($"int {fuel} = {Bound()};");
        Open("do");
        Block(depth - 1, loops + 1);
        Close();
        Line($"while (--{fuel} > 0 && {_expressions.Condition(1)});");
    }

    private void Switch(int depth, int loops)
    {
        int mask = _random.Next(2) == 0 ? 3 : 7;
        Open($"switch ({_expressions.Of("int", 2)} & {mask})");
        int cases = _random.Next(2, 5);
        int first = _random.Next(2);
        for (int i = 0; i < cases && first + i <= mask; i++)
        {
            Line($"case {first + i}:");
            if (i > 0 && _random.Next(4) == 0)
                Line($"case {first + i + 20}:");
            _indent++;
            Assign();
            Statement(depth - 1, loops: 0);
            Line(i > 0 && _random.Next(4) == 0 ? $"goto case {first};" : loops > 0 && _random.Next(5) == 0 ? "continue;" : "break;");
            _indent--;
        }

        if (_random.Next(3) != 0)
        {
            Line("default:");
            _indent++;
            Assign();
            Line("break;");
            _indent--;
        }

        Close();
    }
}
