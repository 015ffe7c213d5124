using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ViCA.Native.Prompt;
using ViCA.Native.Tests.Tokenizer;

namespace ViCA.Native.Tests.Prompt;

public sealed class TimeInstructionTests
{
    [Fact]
    public void Format_MatchesTheReferenceForEveryCase()
    {
        string path = Path.Combine(RepositoryPaths.Fixtures, "sampling", "load_video.jsonl");
        int count = 0;
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement row = document.RootElement;
            if (!row.TryGetProperty("instruction", out JsonElement instruction))
                continue;
            count++;
            double divisor = TimeDivisor(row);
            double[] times = [.. row.Ids("indices").Select(index => index / divisor)];
            string text = TimeInstruction.Format(row.GetProperty("video_time").GetDouble(), times);
            Assert.Equal(instruction.GetString(), text);
        }
        Assert.True(count > 60, $"{count} cases");
    }

    [Fact]
    public void Format_OfALongVideo_HasTheKnownHash()
    {
        double step = 4463.0 / 63;
        double[] times = [.. Enumerable.Range(0, 64).Select(i => Math.Floor(i == 63 ? 4463 : i * step) / 30)];

        string text = TimeInstruction.Format(4464 / 30.0, times);

        Assert.Equal(633, text.Length);
        Assert.StartsWith("The video lasts for 148.80 seconds, and 64 frames are uniformly sampled from it. ", text,
            StringComparison.Ordinal);
        int start = text.IndexOf("0.00s", StringComparison.Ordinal);
        string list = text[start..text.IndexOf(".Please", StringComparison.Ordinal)];
        Assert.Equal(463, list.Length);
        Assert.StartsWith("0.00s,2.33s,4.70s,7.07s,9.43s,11.80s,", list, StringComparison.Ordinal);
        Assert.EndsWith(",144.03s,146.40s,148.77s", list, StringComparison.Ordinal);
        Assert.Equal("3a8ca7de61a78861ebf5879e8473fc161e1bb0615164239636b015748216a72e",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list))));
    }

    [Fact]
    public void Format_RoundsExactHalvesToEven() =>
        Assert.Contains(" at 0.12s,0.38s.Please", TimeInstruction.Format(1, [0.125, 0.375]), StringComparison.Ordinal);

    /// <summary>Times are index / rate; where frames are sampled at fps they are index / rounded step.</summary>
    private static double TimeDivisor(JsonElement row)
    {
        double rate = row.GetProperty("f").GetDouble();
        double step = Math.Round(rate / row.GetProperty("fps").GetDouble());
        bool isUniform = row.GetProperty("force_sample").GetBoolean()
            || Math.Ceiling(row.GetProperty("n").GetInt32() / step) > row.GetProperty("frames").GetInt32();
        return isUniform ? rate : step;
    }
}
