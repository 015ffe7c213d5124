using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

public sealed class SplitScannerTests
{
    [Theory]
    [InlineData("How many chairs?", "How", " many", " chairs", "?")]
    [InlineData("it's IT'S we'Re I'll", "it", "'s", " IT", "'S", " we", "'Re", " I", "'ll")]
    [InlineData("OLD'STATE", "OLD", "'S", "TATE")]
    [InlineData(" 's", " '", "s")] // no contraction after a space
    [InlineData("a'\u017Fx", "a", "'\u017F", "x")]
    [InlineData("'r 'l 'v", "'r", " '", "l", " '", "v")]
    [InlineData("3.14159", "3", ".", "1", "4", "1", "5", "9")]
    [InlineData("x\t(tab\u00A0nbsp_name", "x", "\t", "(tab", "\u00A0nbsp", "_name")]
    [InlineData("a  b   c", "a", " ", " b", "  ", " c")]
    [InlineData("a \t!", "a", " ", "\t", "!")]
    [InlineData("end  ", "end", "  ")]
    [InlineData("a \r\n \n  b", "a", " \r\n \n", " ", " b")]
    [InlineData("...\r\n\nx", "...\r\n\n", "x")]
    [InlineData(" .\n", " .\n")]
    [InlineData("a\u0085b", "a", "\u0085b")] // only \r and \n end lines
    [InlineData("\U00010330\U00010331!", "\U00010330\U00010331", "!")] // letters outside the BMP
    [InlineData("\U0001D7CE\U0001D7CF", "\U0001D7CE", "\U0001D7CF")]
    [InlineData("\U0001F6CB\uFE0Fx", "\U0001F6CB\uFE0F", "x")]
    [InlineData("\u0301x", "\u0301x")] // a mark leads a word
    [InlineData("\nword", "\n", "word")]
    public void Next_CutsAsThePattern(string text, params string[] pieces)
    {
        var cut = new List<string>();
        for (int start = 0; start < text.Length; start += cut[^1].Length)
            cut.Add(text.Substring(start, SplitScanner.Next(text.AsSpan(start))));

        Assert.Equal(pieces, cut);
    }
}
