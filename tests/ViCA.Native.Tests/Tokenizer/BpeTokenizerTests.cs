using System.Diagnostics;
using System.Text.Json;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

public sealed class BpeTokenizerTests
{
    [SkippableFact]
    public void Encode_MatchesReference()
    {
        TokenizerFixtures.SkipWithoutQwen2();
        AssertEncodes(TokenizerFixtures.Qwen2, "vectors.jsonl", recognizeSpecials: true, count: 765);
    }

    [SkippableFact]
    public void Encode_TakesTypedSpecialsForText()
    {
        TokenizerFixtures.SkipWithoutQwen2();
        AssertEncodes(TokenizerFixtures.Qwen2, "plain.jsonl", recognizeSpecials: false, count: 20);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_MatchesReference_FromVocabularyAndMerges(bool withVersionLine)
    {
        TokenizerFixtures.SkipWithoutQwen2();
        using var folder = new TemporaryFolder();
        folder.CopyFrom(TokenizerFixtures.Qwen2Folder, "vocab.json", "merges.txt", "added_tokens.json");
        string[] merges = File.ReadAllLines(folder["merges.txt"]);
        Assert.StartsWith("#version", merges[0], StringComparison.Ordinal);
        if (!withVersionLine)
            File.WriteAllLines(folder["merges.txt"], merges.Skip(1));

        BpeTokenizer tokenizer = BpeTokenizer.Load(folder.Path);

        AssertEncodes(tokenizer, "vectors.jsonl", recognizeSpecials: true, count: 765);
        AssertDecodes(tokenizer);
    }

    [SkippableFact]
    public void Decode_MatchesReference()
    {
        TokenizerFixtures.SkipWithoutQwen2();
        AssertDecodes(TokenizerFixtures.Qwen2);
    }

    [SkippableFact]
    public void Length_IsHighestIdPlusOne()
    {
        TokenizerFixtures.SkipWithoutQwen2();
        BpeTokenizer tokenizer = TokenizerFixtures.Qwen2;

        Assert.Equal(151647, tokenizer.Length);
        Assert.Equal(151643, tokenizer.EndOfTextId);
        Assert.Equal(151644, tokenizer.MessageStartId);
        Assert.Equal(151645, tokenizer.MessageEndId);
        Assert.Equal(151646, tokenizer.ImageId);
    }

    [Fact]
    public void Ids_FollowFromTheTextOfTokens()
    {
        BpeTokenizer tokenizer = TokenizerFixtures.Tiny;

        Assert.Equal(596, tokenizer.Length);
        Assert.Equal([592, 593, 594, 595],
            [tokenizer.EndOfTextId, tokenizer.MessageStartId, tokenizer.MessageEndId, tokenizer.ImageId!.Value]);
    }

    [Theory]
    [InlineData("tiny-a")]
    [InlineData("tiny-b")]
    public void Load_GivesTheSameFromBothFormsOfFiles(string name)
    {
        using var folder = new TemporaryFolder();
        folder.CopyFrom(TokenizerFixtures.TinyFolder(name), "vocab.json", "merges.txt", "added_tokens.json");

        BpeTokenizer one = BpeTokenizer.Load(TokenizerFixtures.TinyFolder(name));
        BpeTokenizer other = BpeTokenizer.Load(folder.Path);

        foreach (JsonElement row in TokenizerFixtures.Lines("vectors.jsonl"))
            Assert.Equal(one.Encode(row.Text("text"), true), other.Encode(row.Text("text"), true));
    }

    [Fact]
    public void Decode_GivesBackEveryNormalText()
    {
        BpeTokenizer tokenizer = TokenizerFixtures.Tiny;

        foreach (JsonElement row in TokenizerFixtures.Lines("vectors.jsonl"))
        {
            string normal = NfcNormalizer.Normalize(row.Text("text")).ToString();
            Assert.Equal(normal, tokenizer.Decode(tokenizer.Encode(normal, false)));
        }
    }

    [Fact]
    public void Encode_RefusesUnpairedSurrogates()
    {
        // Attributes and test names are UTF-8, which cannot hold these texts.
        (string Text, int Index)[] cases =
            [("seven: \uD800", 7), ("\uDC00", 0), ("\U0001F6CB\uD83D\uD83D\uDE00", 2)];
        foreach ((string text, int index) in cases)
        {
            var failure = Assert.Throws<RequestException>(() => TokenizerFixtures.Tiny.Encode(text, true));

            Assert.Equal("request_encoding", failure.Code);
            Assert.Equal($"text has an unpaired surrogate at {index}", failure.Message);
        }
    }

    [Fact]
    public void Encode_TakesNulAndBidiControlsForText()
    {
        BpeTokenizer tokenizer = TokenizerFixtures.Tiny;

        Assert.Equal("a\0b\u202Ec", tokenizer.Decode(tokenizer.Encode("a\0b\u202Ec", true)));
    }

    [Fact]
    public void TokenText_ShowsBytesThatAreNoCharacter()
    {
        BpeTokenizer tokenizer = TokenizerFixtures.Tiny;

        Assert.Equal("<|im_end|>", tokenizer.TokenText(594));
        Assert.Equal(["\\xE6", "\\xB2", "\\x99"], tokenizer.Encode("沙", true).Select(tokenizer.TokenText));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenText(596));
    }

    [Fact]
    public async Task Encode_IsSafeForConcurrentCallers()
    {
        BpeTokenizer tokenizer = TokenizerFixtures.Tiny;
        string[] texts = [.. TokenizerFixtures.Lines("vectors.jsonl").Select(row => row.Text("text"))];
        int[][] expected = [.. texts.Select(text => tokenizer.Encode(text, true))];

        int[][][] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => texts.Select(text => tokenizer.Encode(text, true)).ToArray())));

        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [SkippableFact]
    public void Encode_TimeOfOneLetterRunGrowsLinearly()
    {
        TokenizerFixtures.SkipWithoutQwen2();
        double ratio = double.MaxValue;
        // Other processes share the machine: the best of several attempts counts.
        for (int attempt = 0; attempt < 5 && ratio > 2.6; attempt++)
            ratio = Math.Min(ratio, BestMilliseconds(1 << 18) / BestMilliseconds(1 << 17));

        Assert.InRange(ratio, 0, 2.6);
    }

    private static double BestMilliseconds(int length)
    {
        string text = new('a', length);
        double best = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            TokenizerFixtures.Qwen2.Encode(text, true);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return best;
    }

    private static void AssertEncodes(BpeTokenizer tokenizer, string file, bool recognizeSpecials, int count)
    {
        int rows = 0;
        foreach (JsonElement row in TokenizerFixtures.Lines(file))
        {
            rows++;
            int[] ids = tokenizer.Encode(row.Text("text"), recognizeSpecials);
            Assert.True(row.Ids("ids").SequenceEqual(ids), $"{row.Text("id")}: {row.Text("note")}");
        }
        Assert.Equal(count, rows);
    }

    private static void AssertDecodes(BpeTokenizer tokenizer)
    {
        int rows = 0;
        foreach (JsonElement row in TokenizerFixtures.Lines("decode.jsonl"))
        {
            rows++;
            string text = tokenizer.Decode(row.Ids("ids"), row.GetProperty("skip_special").GetBoolean());
            Assert.True(row.Text("text") == text, $"{row.Text("note")}: {row}");
        }
        Assert.Equal(113, rows);
    }
}
