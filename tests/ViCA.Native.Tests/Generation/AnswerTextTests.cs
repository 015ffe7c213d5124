using System.Text.Json;
using ViCA.Native.Generation;
using ViCA.Native.Tests.Tokenizer;

namespace ViCA.Native.Tests.Generation;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("tiny-a")]
    [InlineData("tiny-b")]
    public void Text_MatchesTheReferenceInEveryCase(string name)
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(RepositoryPaths.Fixtures, name, "cases.json")));
        foreach (JsonElement row in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var answer = new AnswerText(TokenizerFixtures.Tiny);
            string streamed = Stream(answer, row.GetProperty("generatedIds").Ids("fp32"));

            Assert.Equal(row.Text("text"), answer.Text);
            Assert.Equal(answer.Text, streamed);
        }
    }

    [Fact]
    public void Add_HoldsWhiteSpaceBackAtBothEnds()
    {
        Assert.Equal(["", "", "4", "", "", "  \nchairs", "", "", ""], Pieces(new AnswerText(TokenizerFixtures.Tiny),
            " ", "\n", "4", " ", " \n", "chairs", "\u001C", " "));
    }

    [Fact]
    public void Add_HoldsAnIncompleteCharacterBack()
    {
        int[] ids = TokenizerFixtures.Tiny.Encode("沙!", false);
        var answer = new AnswerText(TokenizerFixtures.Tiny);

        Assert.Equal(["", "", "沙", "!"], ids.Select(answer.Add));
        Assert.Equal("", answer.Finish());

        var cut = new AnswerText(TokenizerFixtures.Tiny);
        Assert.Equal(["", ""], ids.Take(2).Select(cut.Add));
        Assert.Equal("\uFFFD", cut.Finish());
        Assert.Equal("\uFFFD", cut.Text);
    }

    [Fact]
    public void Add_EndsAtAStopStringAndSendsNothingOfIt()
    {
        var answer = new AnswerText(TokenizerFixtures.Tiny, new StopStrings(["END", "\n\n"]));

        Assert.Equal(["one", "", "", " ENE two", "", "", "", ""],
            Pieces(answer, "one", " E", "N", "E two", "\n", " E", "NDED more"));
        Assert.Equal("one ENE two", answer.Text);
        Assert.True(answer.IsStopped);
    }

    private static string[] Pieces(AnswerText answer, params string[] texts)
    {
        var pieces = new List<string>();
        foreach (string text in texts)
            pieces.Add(string.Concat(TokenizerFixtures.Tiny.Encode(text, false).Select(answer.Add)));
        pieces.Add(answer.Finish());
        Assert.Equal(answer.Text, string.Concat(pieces));
        return [.. pieces];
    }

    private static string Stream(AnswerText answer, IEnumerable<int> ids) =>
        string.Concat(ids.Select(answer.Add)) + answer.Finish();
}
