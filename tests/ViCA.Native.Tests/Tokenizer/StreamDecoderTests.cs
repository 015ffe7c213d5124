using System.Text.Json;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

public sealed class StreamDecoderTests
{
    [SkippableFact]
    public void Add_GivesWhatLaterIdsCannotChange()
    {
        TokenizerFixtures.SkipWithoutQwen2();
        int count = 0;
        foreach (JsonElement row in TokenizerFixtures.Lines("streaming.jsonl"))
        {
            count++;
            var decoder = new StreamDecoder(TokenizerFixtures.Qwen2, row.GetProperty("skip_special").GetBoolean());
            var emitted = new List<string>();
            string text = "";
            foreach (int id in row.Ids("ids"))
                emitted.Add(text += decoder.Add(id));
            IEnumerable<JsonElement> expected = row.GetProperty("emitted").EnumerateArray();
            Assert.Equal(expected.Select(element => element.GetString()), emitted);
            Assert.Equal(row.Text("text"), text + decoder.Flush());
        }
        Assert.Equal(21, count);
    }
}
