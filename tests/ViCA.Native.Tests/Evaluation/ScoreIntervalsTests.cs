using System.Text.Json;
using ViCA.Native.Evaluation;

namespace ViCA.Native.Tests.Evaluation;

public sealed class ScoreIntervalsTests
{
    private static readonly JsonElement Expected = BenchmarkVectors.Document("intervals.json");

    [Fact]
    public void OfRows_OfEachType_IsTheClusteredInterval()
    {
        JsonProperty[] types = [.. Expected.GetProperty("question_types").EnumerateObject()];

        Assert.Equal(10, types.Length);
        Assert.All(types, type => AssertInterval(
            type.Value,
            ScoreIntervals.OfRows([.. BenchmarkVectors.Scored.Where(answer => answer.Type.Name() == type.Name)])));
    }

    [Fact]
    public void OfTheDirections_UnweightedOrPooled()
    {
        ScoredAnswer[] directions = [.. BenchmarkVectors.Scored.Where(answer => answer.Type.IsDirection())];

        AssertInterval(Expected.GetProperty("object_rel_direction_macro"), ScoreIntervals.OfTypes(directions));
        AssertInterval(Expected.GetProperty("object_rel_direction_pooled"), ScoreIntervals.OfRows(directions));
    }

    [Theory]
    [InlineData("overall_macro", DirectionMean.OfTypes)]
    [InlineData("overall_pooled_direction", DirectionMean.OfRows)]
    public void Overall_CountsAVideoOnceAcrossItsTasks(string name, DirectionMean direction) =>
        AssertInterval(Expected.GetProperty(name), ScoreIntervals.Overall(BenchmarkVectors.Scored, direction));

    [Fact]
    public void OfRows_OfEverything_IsTheMicroAverages() =>
        AssertInterval(Expected.GetProperty("micro"), ScoreIntervals.OfRows(BenchmarkVectors.Scored));

    [Fact]
    public void Overall_WithoutAType_IsAProgrammingError()
    {
        ScoredAnswer[] some = [.. BenchmarkVectors.Scored.Where(row => row.Type != QuestionType.RoutePlanning)];

        Assert.Throws<ArgumentException>(() => ScoreIntervals.Overall(some, DirectionMean.OfTypes));
        Assert.Throws<ArgumentException>(() => ScoreIntervals.OfRows([]));
    }

    /// <summary>The vectors have twelve significant digits.</summary>
    private static void AssertInterval(JsonElement expected, ScoreInterval actual)
    {
        Assert.Equal(expected.GetProperty("mean").GetDouble(), actual.Mean, 1e-12);
        Assert.Equal(expected.GetProperty("se_clustered").GetDouble(), actual.StandardError, 1e-12);
        Assert.Equal(expected.GetProperty("low").GetDouble(), actual.Low, 1e-12);
        Assert.Equal(expected.GetProperty("high").GetDouble(), actual.High, 1e-12);
    }
}
