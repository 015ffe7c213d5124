using System.Text.Json;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

public sealed class CharacterClassesTests
{
    [Fact]
    public void Of_EqualsTheReferenceForEveryCodePoint()
    {
        string json = File.ReadAllText(Path.Combine(RepositoryPaths.Fixtures, "tokenizer", "unicode.json"));
        using JsonDocument document = JsonDocument.Parse(json);
        var expected = new CharacterClass[0x110000];
        Mark(expected, document.RootElement.GetProperty("letters"), CharacterClass.Letter);
        Mark(expected, document.RootElement.GetProperty("numbers"), CharacterClass.Number);
        Mark(expected, document.RootElement.GetProperty("spaces"), CharacterClass.Space);

        int spaces = 0;
        for (int codePoint = 0; codePoint < expected.Length; codePoint++)
        {
            CharacterClass actual = CharacterClasses.Of(codePoint) & ~CharacterClass.LineEnd;
            Assert.True(expected[codePoint] == actual, $"U+{codePoint:X4}: {actual}");
            spaces += actual == CharacterClass.Space ? 1 : 0;
        }
        Assert.Equal(25, spaces);
    }

    private static void Mark(CharacterClass[] classes, JsonElement ranges, CharacterClass value)
    {
        foreach (JsonElement range in ranges.EnumerateArray())
        {
            for (int codePoint = range[0].GetInt32(); codePoint <= range[1].GetInt32(); codePoint++)
                classes[codePoint] = value;
        }
    }
}
