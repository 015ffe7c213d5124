using System.Globalization;

namespace ViCA.Native.Tests.Gpu.Compiler.Fuzzing;

/// <summary>
/// Random C# expressions of a given type. What C# or PTX leaves open is avoided: division by 0, MIN / −1, conversions out
/// of range, the bits of a NaN.
/// </summary>
internal sealed class FuzzExpressions(Random random)
{
    public static readonly string[] Types =
        ["int", "uint", "long", "ulong", "short", "ushort", "sbyte", "byte", "float", "double", "bool"];

    private static readonly string[] Compares = ["<", "<=", ">", ">=", "==", "!="];

    private readonly Dictionary<string, List<string>> _variables = Types.ToDictionary(type => type, _ => new List<string>());

    public static bool IsReal(string type) => type is "float" or "double";

    public void Declare(string type, string name) => _variables[type].Add(name);

    public void Forget(string type, string name) => _variables[type].Remove(name);

    public string Variable(string type) => _variables[type][random.Next(_variables[type].Count)];

    public IEnumerable<(string Type, string Name)> Variables() =>
        Types.SelectMany(type => _variables[type].Select(name => (type, name)));

    public string Type() => Types[random.Next(Types.Length)];

    public string Of(string type, int depth) => type switch
    {
        "bool" => Condition(depth),
        "float" or "double" => Real(type, depth),
        _ => Integer(type, depth),
    };

    public string Condition(int depth)
    {
        if (depth <= 0)
            return random.Next(4) == 0 ? Variable("bool") : Comparison(0);
        return random.Next(8) switch
        {
            0 => $"!({Condition(depth - 1)})",
            1 => $"({Condition(depth - 1)} && {Condition(depth - 1)})",
            2 => $"({Condition(depth - 1)} || {Condition(depth - 1)})",
            3 => $"({Condition(depth - 1)} {Pick("&", "|", "^")} {Condition(depth - 1)})",
            4 => Variable("bool"),
            _ => Comparison(depth - 1),
        };
    }

    private string Comparison(int depth)
    {
        string type = Types[random.Next(Types.Length - 1)];
        string right = random.Next(3) == 0 ? Literal(type) : Of(type, depth);
        return $"({Of(type, depth)} {Compares[random.Next(Compares.Length)]} {right})";
    }

    private string Integer(string type, int depth)
    {
        if (depth <= 0)
            return random.Next(4) == 0 ? Literal(type) : Variable(type);
        string a = Of(type, depth - 1);
        bool isSigned = type is "int" or "long" or "short" or "sbyte";
        switch (random.Next(16))
        {
            case <= 4:
                return $"({type})({a} {Pick("+", "-", "*", "&", "|", "^")} {Of(type, depth - 1)})";
            case 5 or 6:
                string amount = random.Next(2) == 0 ? random.Next(-3, 70).ToString(CultureInfo.InvariantCulture) : Integer("int", depth - 1);
                return $"({type})({a} {Pick("<<", ">>", ">>>")} {amount})";
            case 7:
                string divisor = isSigned ? $"(({type})({Of(type, depth - 1)} & 63) + 1)" : $"({Of(type, depth - 1)} | 1)";
                return $"({type})({a} {Pick("/", "%")} {divisor})";
            case 8:
                string constant = Pick("2", "3", "7", "8", "10", "16", "100");
                return $"({type})({a} {Pick("/", "%")} {(isSigned && random.Next(3) == 0 ? "-" : "")}{constant})";
            case 9:
                return type == "ulong" ? $"(~{a})" : $"({type})({Pick("-", "~")}{a})";
            case 10:
                return $"({Condition(depth - 1)} ? {a} : {Of(type, depth - 1)})";
            case 11:
                return Conversion(type, depth - 1);
            case 12:
                return $"Math.{Pick("Min", "Max")}({a}, {Of(type, depth - 1)})";
            case 13:
                return $"Library.{Pick("Blend", "Weigh")}<{type}>({a}, {Of(type, depth - 1)})";
            case 14 when type == "int":
                return Pick(
                    $"Library.Combine<{Pick("Twist", "Branchy")}>({a}, {Of(type, depth - 1)})",
                    $"BitOperations.{Pick("PopCount", "LeadingZeroCount", "TrailingZeroCount")}({Of(Pick("uint", "ulong"), depth - 1)})");
            case 14 when type is "uint" or "ulong":
                return $"BitOperations.{Pick("RotateLeft", "RotateRight")}({a}, {Integer("int", depth - 1)})";
            case 15:
                return $"Library.Pack<{type}>({a}, 5).Value";
            default:
                return Variable(type);
        }
    }

    private string Conversion(string type, int depth)
    {
        string from = Types[random.Next(Types.Length - 1)];
        if (!IsReal(from))
            return $"({type}){Parenthesised(from, depth)}";
        string name = type switch { "uint" => "ToUInt", "long" => "ToLong", "ulong" => "ToULong", _ => "ToInt" };
        return $"({type})Library.{name}((float)({Of(from, depth)}))";
    }

    private string Parenthesised(string type, int depth) => $"({Of(type, depth)})";

    private string Real(string type, int depth)
    {
        if (depth <= 0)
            return random.Next(4) == 0 ? Literal(type) : Variable(type);
        string math = type == "float" ? "MathF" : "Math";
        string a = Of(type, depth - 1);
        switch (random.Next(13))
        {
            case <= 4:
                return $"({a} {Pick("+", "-", "*", "/")} {Of(type, depth - 1)})";
            case 5:
                return $"(-{a})";
            case 6:
                return $"({Condition(depth - 1)} ? {a} : {Of(type, depth - 1)})";
            case 7 or 8:
                string from = Types[random.Next(Types.Length - 1)];
                return $"({type}){Parenthesised(from, depth - 1)}";
            case 9:
                return $"{math}.{Pick("Sqrt", "Abs", "Floor", "Ceiling", "Truncate", "Round")}({a})";
            case 10:
                return $"{math}.{Pick("Min", "Max")}({a}, {Of(type, depth - 1)})";
            case 11:
                return $"{math}.FusedMultiplyAdd({a}, {Variable(type)}, {Of(type, depth - 1)})";
            default:
                return Variable(type);
        }
    }

    public string Literal(string type)
    {
        switch (type)
        {
            case "float":
                return Pick("0f", "1f", "-1f", "0.1f", "1e-40f", "3e38f", "123.75f", "float.NaN", "-0f");
            case "double":
                return Pick("0.0", "1.0", "-2.5", "0.1", "1e-310", "1e300", "double.PositiveInfinity", "double.NaN");
            case "bool":
                return Pick("true", "false");
            default:
                return random.Next(3) switch
                {
                    0 => Pick($"{type}.MinValue", $"{type}.MaxValue"),
                    1 => $"({type})({random.Next(-3, 40).ToString(CultureInfo.InvariantCulture)})",
                    _ => $"({type})({random.Next().ToString(CultureInfo.InvariantCulture)})",
                };
        }
    }

    private string Pick(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];
}
