using System.Text.Json;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

public sealed class NfcNormalizerTests
{
    [Theory]
    [InlineData("plain ASCII", "plain ASCII")]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("\u212B \u2126", "\u00C5 \u03A9")] // singletons
    [InlineData("\uF900\U0002F800", "\u8C48\u4E3D")]
    [InlineData("\u0958", "\u0915\u093C")] // excluded from composition
    [InlineData("\u0044\u0323\u0307", "\u1E0C\u0307")]
    [InlineData("\u0044\u0307\u0323", "\u1E0C\u0307")] // marks are ordered before they compose
    [InlineData("\u1E0A\u0323", "\u1E0C\u0307")]
    [InlineData("a\u0301\u0300", "\u00E1\u0300")]
    [InlineData("a\u0305\u0301", "a\u0305\u0301")] // blocked by a mark of the same class
    [InlineData("\u1112\u1161\u11AB", "\uD55C")] // Hangul from its parts
    [InlineData("\uD558\u11AB", "\uD55C")]
    [InlineData("\uD55C\u11AB", "\uD55C\u11AB")]
    [InlineData("\u09C7\u09BE", "\u09CB")] // starters compose too
    [InlineData("\u01D5", "\u01D5")] // decomposes twice, composes twice
    [InlineData("\u0301\u0316", "\u0316\u0301")] // no starter at all
    [InlineData("\U00011935\U00011930", "\U00011935\U00011930")] // composes only in Unicode 13
    [InlineData("\u0061\u08D3\u0301", "\u0061\u08D3\u0301")] // a mark of Unicode 11 parts like a base character
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")] // outside the BMP
    public void Normalize_IsNfcOfUnicode9(string text, string expected) =>
        Assert.Equal(expected, NfcNormalizer.Normalize(text).ToString());

    [Fact]
    public void Normalize_OrdersLongRunsOfMarksStably()
    {
        string text = "x" + string.Concat(Enumerable.Repeat("\u0315\u0316\u0300", 5000));
        string expected = "x" + string.Concat(Enumerable.Repeat("\u0316", 5000))
            + string.Concat(Enumerable.Repeat("\u0300", 5000)) + string.Concat(Enumerable.Repeat("\u0315", 5000));

        Assert.Equal(expected, NfcNormalizer.Normalize(text).ToString());
    }

    [Fact]
    public void Marks_AreThoseOfTheReference()
    {
        string json = File.ReadAllText(Path.Combine(RepositoryPaths.Fixtures, "tokenizer", "unicode.json"));
        using JsonDocument document = JsonDocument.Parse(json);
        var expected = new List<int>();
        foreach (JsonElement range in document.RootElement.GetProperty("marks").EnumerateArray())
            expected.AddRange(Enumerable.Range(range[0].GetInt32(), range[1].GetInt32() - range[0].GetInt32() + 1));
        var actual = new List<int>();
        ReadOnlySpan<int> table = NormalizationTable.CombiningClasses;
        for (int i = 0; i < table.Length; i += 3)
            actual.AddRange(Enumerable.Range(table[i], table[i + 1] - table[i] + 1));

        Assert.Equal(expected, actual);
    }
}
