namespace ViCA.Native.Gpu.Emulator.Parsing;

/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters (of a string: without the quotes).</param>
/// <param name="Bits">The value of a number: two's complement or the bits of the float.</param>
/// <param name="Line">1-based line.</param>
internal readonly record struct PtxToken(PtxTokenKind Kind, string Text, ulong Bits, int Line)
{
    public bool Is(char character) => Kind == PtxTokenKind.Punctuation && Text[0] == character;

    public bool IsWord(string word) => Kind == PtxTokenKind.Word && Text == word;
}
