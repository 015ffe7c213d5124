using System.Globalization;

namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <summary>PTX text to tokens (PTX ISA 4: source format, identifiers, constants).</summary>
internal sealed class PtxLexer(string text)
{
    /// <summary>Of brackets; the parsers call themselves for each. Compilers need a handful.</summary>
    private const int MaximumDepth = 256;

    private readonly List<PtxToken> _tokens = [];
    private int _depth;
    private int _position;
    private int _line = 1;

    /// <summary>All tokens, an <see cref="PtxTokenKind.End"/> last.</summary>
    public List<PtxToken> Read()
    {
        while (SkipBlanks())
            ReadOne();
        _tokens.Add(new PtxToken(PtxTokenKind.End, "end of text", 0, _line));
        return _tokens;
    }

    private char At(int offset) => _position + offset < text.Length ? text[_position + offset] : '\0';

    private bool SkipBlanks()
    {
        while (_position < text.Length)
        {
            char c = text[_position];
            if (c == '\n')
                _line++;
            if (char.IsWhiteSpace(c) || c == '\0')
                _position++;
            else if (c == '/' && At(1) == '/')
                SkipLine();
            else if (c == '/' && At(1) == '*')
                SkipComment();
            else
                return true;
        }
        return false;
    }

    private void SkipLine()
    {
        int end = text.IndexOf('\n', _position);
        _position = end < 0 ? text.Length : end;
    }

    private void SkipComment()
    {
        int end = text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        if (end < 0)
            throw new PtxFormatException(ErrorCodes.PtxSyntax, _line, $"PTX line {_line}: comment without end; add */");
        _line += text.AsSpan(_position, end - _position).Count('\n');
        _position = end + 2;
    }

    private void ReadOne()
    {
        char c = text[_position];
        if (c == '%' && !IsWordStart(At(1)) && !char.IsAsciiDigit(At(1)))
            Add(PtxTokenKind.Punctuation, _position + 1);
        else if (IsWordStart(c))
            Add(PtxTokenKind.Word, WordEnd());
        else if (char.IsAsciiDigit(c))
            ReadNumber();
        else if (c == '"')
            ReadString();
        else
            ReadPunctuation(c);
    }

    private void ReadPunctuation(char c)
    {
        if (c is '(' or '[' or '{')
            _depth++;
        else if (c is ')' or ']' or '}')
            _depth = Math.Max(_depth - 1, 0);
        if (_depth > MaximumDepth)
        {
            string what = $"brackets are nested too deep (at most {MaximumDepth})";
            throw new PtxFormatException(ErrorCodes.PtxSyntax, _line, $"PTX line {_line}: {what}; close some");
        }
        Add(PtxTokenKind.Punctuation, _position + 1);
    }

    private void Add(PtxTokenKind kind, int end, ulong bits = 0)
    {
        _tokens.Add(new PtxToken(kind, text[_position..end], bits, _line));
        _position = end;
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$' or '%' or '.';

    private int WordEnd()
    {
        // A directive and the type behind it may stand together (.reg.u64); an opcode keeps its modifiers.
        bool isDirective = text[_position] == '.';
        int end = _position + 1;
        while (end < text.Length && !(isDirective && text[end] == '.'))
        {
            if (IsWordStart(text[end]) || char.IsAsciiDigit(text[end]))
                end++;
            else if (text[end] == ':' && end + 2 < text.Length && text[end + 1] == ':'
                && char.IsAsciiLetterOrDigit(text[end + 2]))
                end += 2;
            else
                break;
        }
        return end;
    }

    private void ReadString()
    {
        int end = text.IndexOf('"', _position + 1);
        if (end < 0)
            throw new PtxFormatException(ErrorCodes.PtxSyntax, _line, $"PTX line {_line}: string without end; add \"");
        _tokens.Add(new PtxToken(PtxTokenKind.Text, text[(_position + 1)..end], 0, _line));
        _position = end + 1;
    }

    private void ReadNumber()
    {
        char kind = char.ToLowerInvariant(At(1));
        if (At(0) == '0' && kind == 'x')
            ReadDigits(2, 16);
        else if (At(0) == '0' && kind == 'b' && At(2) is '0' or '1')
            ReadDigits(2, 2);
        else if (At(0) == '0' && kind is 'f' or 'd')
            ReadFloatBits(kind == 'f');
        else
            ReadDecimal();
    }

    private void ReadFloatBits(bool single)
    {
        int digits = single ? 8 : 16;
        bool complete = _position + 2 + digits <= text.Length;
        if (!complete || !ulong.TryParse(text.AsSpan(_position + 2, digits), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out ulong bits))
        {
            string what = $"float constant is cut short (expected {digits} hexadecimal digits)";
            throw new PtxFormatException(ErrorCodes.PtxSyntax, _line, $"PTX line {_line}: {what}; write all digits");
        }
        Add(single ? PtxTokenKind.Single : PtxTokenKind.Double, _position + 2 + digits, bits);
    }

    private void ReadDigits(int skip, uint radix)
    {
        ulong value = 0;
        int end = _position + skip;
        while (end < text.Length && char.IsAsciiHexDigit(text[end]) && HexValue(text[end]) < radix)
            value = unchecked((value * radix) + HexValue(text[end++]));
        if (end < text.Length && text[end] is 'U' or 'u')
            end++;
        Add(PtxTokenKind.Integer, end, value);
    }

    private static uint HexValue(char c) => (uint)Convert.ToInt32(c.ToString(), 16);

    private void ReadDecimal()
    {
        int end = _position;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        bool fraction = end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]);
        bool exponent = end < text.Length && text[end] is 'e' or 'E';
        if (!fraction && !exponent)
        {
            ReadDigits(0, text[_position] == '0' ? 8u : 10u);
            return;
        }
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or 'e' or 'E'
            || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E')))
            end++;
        if (!double.TryParse(text.AsSpan(_position, end - _position), CultureInfo.InvariantCulture, out double value))
            throw new PtxFormatException(ErrorCodes.PtxSyntax, _line, $"PTX line {_line}: not a number; check it");
        Add(PtxTokenKind.Double, end, BitConverter.DoubleToUInt64Bits(value));
    }
}
