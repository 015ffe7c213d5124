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

    [SkippableFact]
    public void Decode_MatchesReference()
    {
        TokenizerFixtures.SkipWithoutQwen2();
        int count = 0;
        foreach (JsonElement row in TokenizerFixtures.Lines("decode.jsonl"))
        {
            count++;
            string text = TokenizerFixtures.Qwen2.Decode(row.Ids("ids"), row.GetProperty("skip_special").GetBoolean());
            Assert.True(row.Text("text") == text, $"{row.Text("note")}: {row}");
        }
        Assert.Equal(113, count);
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
}
