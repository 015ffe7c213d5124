using System.Globalization;
using System.Text;
using ViCA.Native.Generation;

namespace ViCA.Native.Evaluation;

/// <summary>Numbers as Python's `float(text)` reads them, which is how the benchmark's authors read answers.</summary>
public static class PythonNumber
{
    /// <summary>
    /// `float(text)`: white space around it, a sign, `inf`, `infinity` or `nan` in any case, or digits of any script with
    /// single underscores between them, a dot, an exponent. Correctly rounded; too large is infinite. False where Python
    /// raises ValueError.
    /// </summary>
    public static bool TryParse(string text, out double value)
    {
        value = 0;
        return TryToAscii(PythonText.Strip(text), out string ascii)
            && (TryNamed(ascii, out value) || TryDecimal(ascii, out value));
    }

    private static bool TryToAscii(string text, out string ascii)
    {
        StringBuilder result = new(text.Length);
        ascii = "";
        for (int i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            int digit = CharUnicodeInfo.GetDecimalDigitValue(text, i);
            if (digit >= 0)
                result.Append((char)('0' + digit));
            else if (char.IsAscii(text[i]))
                result.Append(text[i]);
            else
                return false;
        }

        ascii = result.ToString();
        return true;
    }

    private static bool TryNamed(string text, out double value)
    {
        bool negative = text.StartsWith('-');
        string name = negative || text.StartsWith('+') ? text[1..] : text;
        double magnitude = name.ToUpperInvariant() switch
        {
            "INF" or "INFINITY" => double.PositiveInfinity,
            "NAN" => double.NaN,
            _ => 0,
        };
        value = negative ? -magnitude : magnitude;
        return magnitude != 0;
    }

    private static bool TryDecimal(string text, out double value)
    {
        value = 0;
        int at = SkipSign(text, 0);
        int whole = at;
        if (!TrySkipDigits(text, ref at))
            return false;
        bool anyDigit = at > whole;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = ++at;
            if (!TrySkipDigits(text, ref at))
                return false;
            anyDigit |= at > fraction;
        }

        if (anyDigit && at < text.Length && text[at] is 'e' or 'E')
        {
            int exponent = at = SkipSign(text, at + 1);
            if (!TrySkipDigits(text, ref at) || at == exponent)
                return false;
        }

        return anyDigit
            && at == text.Length
            && double.TryParse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static int SkipSign(string text, int at) => at < text.Length && text[at] is '+' or '-' ? at + 1 : at;

    /// <summary>Steps over digits; false when an underscore stands elsewhere than alone between two digits.</summary>
    private static bool TrySkipDigits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '_'))
        {
            bool alone = at > start && text[at - 1] != '_' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);
            if (text[at] == '_' && !alone)
                return false;
            at++;
        }

        return true;
    }
}
