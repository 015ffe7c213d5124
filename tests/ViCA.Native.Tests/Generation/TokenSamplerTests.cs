using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ViCA.Native.Generation;
using ViCA.Native.Gpu.Emulator;
using ViCA.Native.Tensors;
using ViCA.Native.Tensors.Cpu;
using ViCA.Native.Tests.Tokenizer;

namespace ViCA.Native.Tests.Generation;

public sealed class TokenSamplerTests
{
    [Fact]
    public void Next_DrawsFromTheReferencesProbabilities()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(RepositoryPaths.Fixtures, "generation", "filters.json")));
        int count = 0;
        foreach (JsonElement row in document.RootElement.EnumerateArray())
        {
            float[] logits = [.. row.GetProperty("logits").EnumerateArray().Select(value => value.GetSingle())];
            var sampler = new TokenSampler(Options(row), logits.Length);
            foreach (int id in row.Ids("generated"))
                sampler.Remember(id);

            int chosen = sampler.Next(logits);

            double[] expected = Probabilities(row, logits.Length);
            double total = sampler.Weights.ToArray().Sum();
            for (int id = 0; id < logits.Length; id++)
            {
                double actual = sampler.Weights[id] / total;
                string which = $"case {count}, id {id}: {expected[id]}, {actual}";
                Assert.True(Math.Abs(expected[id] - actual) <= 1e-6, which);
                Assert.True(expected[id] > 0 == actual > 0, which);
            }
            Assert.True(expected[chosen] > 0);
            count++;
        }
        Assert.Equal(32, count);
    }

    [Fact]
    public void Next_TakesTheLowestOfEqualScores()
    {
        float[] logits = new float[1000];
        logits[901] = logits[17] = logits[18] = 2.5f;

        Assert.Equal(17, new TokenSampler(new(), 1000).Next(logits));
    }

    [Fact]
    public void Next_NeverChoosesAnIdBeyondTheTokenizer()
    {
        float[] logits = [1, 3, 2, 100, 100, 100];

        Assert.Equal(1, new TokenSampler(new(), 3).Next(logits));
        var sampler = new TokenSampler(new() { Temperature = 2 }, 3);
        for (int i = 0; i < 100; i++)
            Assert.InRange(sampler.Next(logits), 0, 2);
    }

    [Fact]
    public void Next_PenalizesEachGeneratedTokenOnce()
    {
        var sampler = new TokenSampler(new() { RepetitionPenalty = 1.5 }, 3);

        Assert.Equal(0, sampler.Next([3f, 2.5f, -1f]));
        Assert.Equal(1, sampler.Next([3f, 2.5f, -1f])); // 3 / 1.5 = 2
        Assert.Equal(0, sampler.Next([3f, 2.5f, -1f])); // 2 > 2.5 / 1.5
        Assert.Equal(0, sampler.Next([3f, 2.5f, -1f])); // still 2, not 3 / 1.5 / 1.5
        Assert.Equal(2, sampler.Next([-2f, -2f, -2.5f])); // negative scores move down: -3
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Next_RefusesLogitsThatAreNotFinite(float bad)
    {
        foreach (int place in (int[])[0, 31, 98, 99])
        {
            var sampler = new TokenSampler(new(), 90);
            float[] logits = new float[100];
            sampler.Next(logits);
            logits[place] = bad;

            var failure = Assert.Throws<NumericException>(() => sampler.Next(logits));

            Assert.Equal("numeric_logits", failure.Code);
            Assert.Equal("non-finite logits at step 1", failure.Message);
        }
    }

    [Fact]
    public void Next_GivesTheSameTokensForTheSameSeed()
    {
        int[] one = Tokens(seed: 1), again = Tokens(seed: 1), other = Tokens(seed: 2);

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Next_DrawsAsOftenAsProbable()
    {
        float[] logits = [MathF.Log(1), MathF.Log(2), MathF.Log(5)];
        var sampler = new TokenSampler(new() { Temperature = 1, Seed = 3 }, 3);
        int[] counts = new int[3];
        for (int i = 0; i < 8000; i++)
            counts[sampler.Next(logits)]++;

        Assert.InRange(counts[0], 900, 1100);
        Assert.InRange(counts[1], 1850, 2150);
        Assert.InRange(counts[2], 4850, 5150);
    }

    [Theory]
    [InlineData(1e-45, 1)]
    [InlineData(1e-30, 0)]
    [InlineData(2, 0)]
    public void Next_HoldsAtTheEdgesOfTheOptions(double temperature, double topP)
    {
        float[] equal = new float[5000], one = new float[5000];
        one[4321] = 30;
        var options = new SamplingOptions { Temperature = temperature, TopP = topP };

        Assert.Equal(4321, new TokenSampler(options, 5000).Next(one));
        Assert.InRange(new TokenSampler(options, 5000).Next(equal), 0, 4999);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.7, 20, 0.8)]
    [InlineData(1, 0, 0.95)]
    public void Next_AllocatesNothing(double temperature, int topK, double topP)
    {
        const int NumTokens = 20000;
        var options = new SamplingOptions
        {
            Temperature = temperature,
            TopK = topK,
            TopP = topP,
            RepetitionPenalty = 1.05,
        };
        var sampler = new TokenSampler(options, NumTokens);
        float[] logits = RandomLogits(NumTokens, seed: 1);
        sampler.Next(logits);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            sampler.Next(logits);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int[] Tokens(long seed)
    {
        var sampler = new TokenSampler(new() { Temperature = 1, Seed = seed }, 500);
        return [.. Enumerable.Range(0, 50).Select(step => sampler.Next(RandomLogits(500, step)))];
    }

    private static float[] RandomLogits(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => (float)((CounterRandom.Uniform(seed, i) * 8) - 4))];

    private static SamplingOptions Options(JsonElement row) => new()
    {
        Temperature = row.GetProperty("temperature").GetDouble(),
        TopK = row.GetProperty("topK").GetInt32(),
        TopP = row.GetProperty("topP").GetDouble(),
        RepetitionPenalty = row.GetProperty("repetitionPenalty").GetDouble(),
    };

    private static double[] Probabilities(JsonElement row, int count)
    {
        double[] probabilities = new double[count];
        foreach (JsonProperty entry in row.GetProperty("probabilities").EnumerateObject())
            probabilities[int.Parse(entry.Name, CultureInfo.InvariantCulture)] = entry.Value.GetDouble();
        return probabilities;
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.3)]
    public void OnADevice_TheBestTokenIsTheHosts(double penalty)
    {
        using EmulatedDevice device = new();
        using CpuExecutor cpu = new(1);
        using Workspace memory = new(device);
        OpContext context = new(cpu, memory);
        float[] scores = new float[3000];
        var random = new Random(5);
        foreach (ref float score in scores.AsSpan())
            score = random.Next(-9, 9);
        Tensor logits = memory.Take(DType.F32, 1, scores.Length);
        logits.CopyFrom(MemoryMarshal.AsBytes<float>(scores));
        TokenSampler here = new(new() { RepetitionPenalty = penalty }, scores.Length);
        TokenSampler there = new(new() { RepetitionPenalty = penalty }, scores.Length);

        Assert.Equal(
            Enumerable.Range(0, 6).Select(_ => here.Next(scores)).ToArray(),
            Enumerable.Range(0, 6).Select(_ => there.Next(context, logits)).ToArray());
    }

    [Fact]
    public void OnADevice_LogitsThatAreNotFinite_AreRefused()
    {
        using EmulatedDevice device = new();
        using CpuExecutor cpu = new(1);
        using Workspace memory = new(device);
        Tensor logits = memory.Take(DType.F32, 1, 3);
        logits.CopyFrom(MemoryMarshal.AsBytes<float>([1, float.NaN, 2]));

        NumericException exception = Assert.Throws<NumericException>(
            () => new TokenSampler(new(), 3).Next(new OpContext(cpu, memory), logits));

        Assert.Equal("non-finite logits at step 0", exception.Message);
    }
}
