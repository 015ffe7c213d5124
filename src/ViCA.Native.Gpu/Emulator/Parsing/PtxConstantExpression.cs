namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>
/// A constant or an expression of constants, worked out while it is read (PTX ISA 4.5.3 … 4.5.6): integers are .s64, or
/// .u64 when they end in U, do not fit or meet one; decimal fractions are .f64.
/// </summary>
internal sealed class PtxConstantExpression(PtxTokenReader reader)
{
    private const int WarpSize = 32;

    /// <summary>Of signs, parentheses and choices in one another: each is a call.</summary>
    private const int MaximumDepth = 64;

    /// <summary>Operators of two operands, from the loosest to the tightest, longer spellings first.</summary>
    private static readonly string[][] Levels =
    [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"],
    ];

    /// <summary>The one constant that is a word.</summary>
    public static bool IsWarpSize(PtxToken token) => token.IsWord("WARP_SZ");

    public PtxConstant Parse() => Parse(0);

    /// <summary>The value of an expression that must be an integer.</summary>
    public long ParseInteger(string what)
    {
        int line = reader.Line;
        PtxConstant value = Parse();
        return value.Kind == PtxTokenKind.Integer
            ? (long)value.Bits
            : throw PtxTokenReader.Error(line, $"{what} is no integer");
    }

    /// <summary>What stands behind a name: <c>+</c> and an expression, an expression that begins with <c>-</c>, or nothing.</summary>
    public long ParseOffset() => reader.TryTake('+') || reader.Current.Is('-') ? ParseInteger("an offset") : 0;

    private PtxConstant Parse(int depth)
    {
        PtxConstant value = ParseLevel(0, depth);
        if (!reader.TryTake('?'))
            return value;
        PtxConstant first = Parse(depth + 1);
        reader.Expect(':');
        PtxConstant second = Parse(depth + 1);
        return IsTrue(value) ? first : second;
    }

    private PtxConstant ParseLevel(int level, int depth)
    {
        if (level == Levels.Length)
            return ParseUnary(depth);
        PtxConstant value = ParseLevel(level + 1, depth);
        while (TakeOperator(level) is string operation)
            value = Apply(operation, value, ParseLevel(level + 1, depth));
        return value;
    }

    private string? TakeOperator(int level)
    {
        foreach (string operation in Levels[level])
        {
            if (!reader.Current.Is(operation[0]) || (operation.Length == 2 && !reader.Peek(1).Is(operation[1])))
                continue;

            // A single & | < > in front of its like is another level's operator.
            if (operation.Length == 1 && "&|<>".Contains(operation[0], StringComparison.Ordinal) && reader.Peek(1).Is(operation[0]))
                continue;
            foreach (char _ in operation)
                reader.Take();
            return operation;
        }

        return null;
    }

    private PtxConstant ParseUnary(int depth)
    {
        if (depth > MaximumDepth)
            throw reader.Error($"a constant is nested too deep (at most {MaximumDepth} levels)");
        PtxToken token = reader.Take();
        if (token.Kind is PtxTokenKind.Integer)
            return Integer(token.Bits, token.Text[^1] is 'U' or 'u' || token.Bits > long.MaxValue);
        if (token.Kind is PtxTokenKind.Single or PtxTokenKind.Double)
            return new PtxConstant(token.Kind, token.Bits, false);
        if (IsWarpSize(token))
            return Integer(WarpSize, false);
        if (token.Kind == PtxTokenKind.Punctuation)
        {
            switch (token.Text[0])
            {
                case '-':
                    return Negate(ParseUnary(depth + 1));
                case '+':
                    return ParseUnary(depth + 1);
                case '~':
                    PtxConstant value = ParseUnary(depth + 1);
                    return Integer(~Bits(value), value.IsUnsigned);
                case '!':
                    return Integer(IsTrue(ParseUnary(depth + 1)) ? 0u : 1u, false);
                case '(':
                    return ParseParenthesis(depth + 1);
                default:
                    break;
            }
        }

        throw PtxTokenReader.Error(token.Line, $"unexpected '{token.Text}' (expected an operand)");
    }

    private PtxConstant ParseParenthesis(int depth)
    {
        if (reader.Current.IsWord(".s64") || reader.Current.IsWord(".u64"))
        {
            bool isUnsigned = reader.Take().Text == ".u64";
            reader.Expect(')');
            return Integer(Bits(ParseUnary(depth)), isUnsigned);
        }

        PtxConstant value = Parse(depth);
        reader.Expect(')');
        return value;
    }

    private static PtxConstant Negate(PtxConstant value) => value.Kind switch
    {
        PtxTokenKind.Single => value with { Bits = value.Bits ^ 0x80000000 },
        PtxTokenKind.Double => value with { Bits = value.Bits ^ 0x8000000000000000 },
        _ => value with { Bits = unchecked(0 - value.Bits) },
    };

    private PtxConstant Apply(string operation, PtxConstant a, PtxConstant b)
    {
        if (a.Kind == PtxTokenKind.Double && b.Kind == PtxTokenKind.Double)
            return ApplyToDoubles(operation, BitConverter.UInt64BitsToDouble(a.Bits), BitConverter.UInt64BitsToDouble(b.Bits));
        ulong x = Bits(a), y = Bits(b);
        bool isUnsigned = a.IsUnsigned || b.IsUnsigned;
        if (operation is "/" or "%")
            return y == 0 ? throw reader.Error("a constant is divided by zero") : Divide(operation, x, y, isUnsigned);
        int order = isUnsigned ? x.CompareTo(y) : ((long)x).CompareTo((long)y);
        return operation switch
        {
            "||" => Truth(IsTrue(a) || IsTrue(b)),
            "&&" => Truth(IsTrue(a) && IsTrue(b)),
            "|" => Integer(x | y, isUnsigned),
            "^" => Integer(x ^ y, isUnsigned),
            "&" => Integer(x & y, isUnsigned),
            "<<" => Integer(y > 63 ? 0 : x << (int)y, a.IsUnsigned),
            ">>" => Integer(a.IsUnsigned ? y > 63 ? 0 : x >> (int)y : (ulong)((long)x >> (int)Math.Min(y, 63)), a.IsUnsigned),
            "+" => Integer(unchecked(x + y), isUnsigned),
            "-" => Integer(unchecked(x - y), isUnsigned),
            "*" => Integer(unchecked(x * y), isUnsigned),
            _ => Compare(operation, order),
        };
    }

    private PtxConstant ApplyToDoubles(string operation, double a, double b)
    {
        if (operation is "||" or "&&")
            return Truth(operation == "&&" ? a != 0 && b != 0 : a != 0 || b != 0);
        if (operation[0] is '<' or '>' or '=' or '!' && operation is not ("<<" or ">>"))
            return Compare(operation, a.CompareTo(b));
        double value = operation switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            _ => throw reader.Error($"'{operation}' is not for floating-point constants (PTX ISA 4.5.6)"),
        };
        return new PtxConstant(PtxTokenKind.Double, BitConverter.DoubleToUInt64Bits(value), false);
    }

    private static PtxConstant Divide(string operation, ulong x, ulong y, bool isUnsigned)
    {
        // ptxas takes a remainder of .u64 values whatever the operands are.
        if (operation == "%")
            return Integer(x % y, isUnsigned);
        if (isUnsigned)
            return Integer(x / y, true);
        return Integer((long)y == -1 ? unchecked(0 - x) : (ulong)((long)x / (long)y), false);
    }

    private static PtxConstant Compare(string operation, int order) => Truth(operation switch
    {
        "==" => order == 0,
        "!=" => order != 0,
        "<=" => order <= 0,
        ">=" => order >= 0,
        "<" => order < 0,
        _ => order > 0,
    });

    private ulong Bits(PtxConstant value) => value.Kind == PtxTokenKind.Integer
        ? value.Bits
        : throw reader.Error("a floating-point constant stands where an integer must (PTX ISA 4.5.6)");

    private static bool IsTrue(PtxConstant value) => value.Kind switch
    {
        PtxTokenKind.Single => BitConverter.UInt32BitsToSingle((uint)value.Bits) != 0,
        PtxTokenKind.Double => BitConverter.UInt64BitsToDouble(value.Bits) != 0,
        _ => value.Bits != 0,
    };

    private static PtxConstant Truth(bool value) => Integer(value ? 1u : 0, false);

    private static PtxConstant Integer(ulong bits, bool isUnsigned) => new(PtxTokenKind.Integer, bits, isUnsigned);
}
