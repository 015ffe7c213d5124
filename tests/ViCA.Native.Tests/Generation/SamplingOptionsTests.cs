using ViCA.Native.Generation;

namespace ViCA.Native.Tests.Generation;

public sealed class SamplingOptionsTests
{
    public static TheoryData<SamplingOptions, string> OutOfRange => new()
    {
        { new() { Temperature = double.NaN }, "temperature is not finite (expected 0 to 2)" },
        { new() { Temperature = double.PositiveInfinity }, "temperature is not finite (expected 0 to 2)" },
        { new() { Temperature = -1 }, "temperature = -1 (expected 0 to 2)" },
        { new() { Temperature = 3 }, "temperature = 3 (expected 0 to 2)" },
        { new() { TopK = -5 }, "top_k = -5 (expected 0 or more)" },
        { new() { TopP = 1.01 }, "top_p = 1.01 (expected 0 to 1)" },
        { new() { TopP = double.NaN }, "top_p is not finite (expected 0 to 1)" },
        { new() { RepetitionPenalty = 0 }, "repetition_penalty = 0 (expected 0.01 to 100)" },
    };

    [Theory, MemberData(nameof(OutOfRange))]
    public void Validate_RefusesWhatIsOutOfRange(SamplingOptions options, string message)
    {
        var failure = Assert.Throws<RequestException>(options.Validate);

        Assert.Equal("request_range", failure.Code);
        Assert.Equal(message, failure.Message);
        Assert.Throws<RequestException>(() => new TokenSampler(options, 10));
    }

    [Fact]
    public void Default_IsGreedyWithoutPenalty()
    {
        var options = new SamplingOptions();

        options.Validate();
        Assert.True(options.IsGreedy);
        Assert.Equal(1, options.RepetitionPenalty);
    }
}
