namespace ViCA.Native.Media.Image;

/// <summary>
/// A bitmap font of our own for captions: 5 x 7 dots a character, the few characters that captions need.
/// </summary>
internal static class CaptionFontTable
{
    internal const int GlyphWidth = 5;
    internal const int GlyphHeight = 7;

    private static readonly string[] Blank = [".....", ".....", ".....", ".....", ".....", ".....", "....."];

    private static readonly Dictionary<char, string[]> Glyphs = new()
    {
        ['0'] = [".###.", "#...#", "#..##", "#.#.#", "##..#", "#...#", ".###."],
        ['1'] = ["..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."],
        ['2'] = [".###.", "#...#", "....#", "...#.", "..#..", ".#...", "#####"],
        ['3'] = [".###.", "#...#", "....#", "..##.", "....#", "#...#", ".###."],
        ['4'] = ["...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."],
        ['5'] = ["#####", "#....", "####.", "....#", "....#", "#...#", ".###."],
        ['6'] = ["..##.", ".#...", "#....", "####.", "#...#", "#...#", ".###."],
        ['7'] = ["#####", "....#", "...#.", "...#.", "..#..", "..#..", "..#.."],
        ['8'] = [".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."],
        ['9'] = [".###.", "#...#", "#...#", ".####", "....#", "...#.", ".##.."],
        ['.'] = [".....", ".....", ".....", ".....", ".....", ".##..", ".##.."],
        ['-'] = [".....", ".....", ".....", ".###.", ".....", ".....", "....."],
        ['s'] = [".....", ".....", ".###.", "#....", ".###.", "....#", "####."],
        ['#'] = [".#.#.", ".#.#.", "#####", ".#.#.", "#####", ".#.#.", ".#.#."],
    };

    /// <summary>True where the character has a dot; characters without a glyph are blank.</summary>
    internal static bool HasDot(char character, int x, int y) =>
        Glyphs.GetValueOrDefault(character, Blank)[y][x] == '#';
}
