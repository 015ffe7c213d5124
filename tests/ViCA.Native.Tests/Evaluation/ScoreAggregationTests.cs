using System.Text.Json;
using ViCA.Native.Evaluation;

namespace ViCA.Native.Tests.Evaluation;

public sealed class ScoreAggregationTests
{
    [Theory]
    [InlineData("official", DirectionMean.OfTypes)]
    [InlineData("pooled_direction", DirectionMean.OfRows)]
    public void Tabulate_GivesTheReferencesBits(string name, DirectionMean direction)
    {
        JsonElement bits = BenchmarkVectors.Document("aggregates.json").GetProperty("bits").GetProperty(name);

        ScoreTable table = ScoreAggregation.Tabulate(BenchmarkVectors.Scored, direction);

        Assert.Equal(BenchmarkVectors.Double(bits.GetProperty("overall")), table.Overall);
        Assert.Equal(
            bits.EnumerateObject().Skip(1).Select(task => (TaskName(task.Name), BenchmarkVectors.Double(task.Value))),
            table.Tasks.Select(task => (task.Name, task.Percent)));
    }

    [Fact]
    public void Tabulate_WithTheRowsThatTheReferenceCannotScoreAsZero_GivesItsBits()
    {
        JsonElement bits = BenchmarkVectors.Document("aggregates.json").GetProperty("bits")
            .GetProperty("official_with_raising_rows_as_zero");
        IEnumerable<ScoredAnswer> raising = BenchmarkVectors.Rows.Zip(BenchmarkVectors.Scores)
            .Where(pair => !pair.Second.TryGetProperty("score", out _))
            .Select(pair => BenchmarkVectors.Answer(pair.First, 0));

        ScoreTable table =
            ScoreAggregation.Tabulate([.. BenchmarkVectors.Scored, .. raising], DirectionMean.OfTypes);

        Assert.Equal(BenchmarkVectors.Double(bits.GetProperty("overall")), table.Overall);
    }

    [Fact]
    public void Micro_IsTheMeanOverAllRows()
    {
        JsonElement bits = BenchmarkVectors.Document("aggregates.json").GetProperty("bits").GetProperty("micro");

        Assert.Equal(
            BenchmarkVectors.Double(bits.GetProperty("overall")), ScoreAggregation.Micro(BenchmarkVectors.Scored));
    }

    [Fact]
    public void Tabulate_OfSomeTypes_DoesWhatTheReferenceDoes()
    {
        JsonElement[] parts = [.. BenchmarkVectors.Document("aggregates-of-parts.json").EnumerateArray()];

        Assert.Equal(12, parts.Length);
        Assert.All(parts, part =>
        {
            ScoredAnswer[] answers = Part(part);
            Assert.Equal(part.GetProperty("rows").GetInt32(), answers.Length);
            if (part.TryGetProperty("exception", out _))
            {
                Assert.Throws<ArgumentException>(() => ScoreAggregation.Tabulate(answers, DirectionMean.OfTypes));
                return;
            }

            ScoreTable table = ScoreAggregation.Tabulate(answers, DirectionMean.OfTypes);
            JsonElement official = part.GetProperty("official");
            Assert.Equal(official.GetProperty("overall").GetDouble(), table.Overall);
            Assert.Equal(
                official.EnumerateObject().Skip(1).Where(task => task.Value.ValueKind == JsonValueKind.Number)
                    .Select(task => (TaskName(task.Name), task.Value.GetDouble())),
                table.Tasks.Select(task => (task.Name, task.Percent)));
        });
    }

    /// <summary>The published rows: Count, AbsD, ObjSz, Room, RelDist, RelDir, Route, Appr.</summary>
    [Theory]
    [InlineData(60.55625, 68.81, 57.01, 79.17, 75.14, 58.45, 42.56, 34.54, 68.77)]
    [InlineData(55.35, 65.6, 51.3, 74.9, 67.1, 52.0, 32.6, 28.4, 70.9)]
    [InlineData(59.875, 68.4, 56.9, 79.3, 77.6, 58.0, 40.8, 28.9, 69.1)]
    [InlineData(58.5375, 68.1, 54.2, 79.3, 74.5, 58.3, 40.4, 30.4, 63.1)]
    public void Tabulate_OfThePublishedTasks_GivesThePublishedOverall(double overall, params double[] tasks)
    {
        QuestionType[] types =
        [
            QuestionType.ObjectCounting, QuestionType.ObjectAbsDistance, QuestionType.ObjectSizeEstimation,
            QuestionType.RoomSizeEstimation, QuestionType.ObjectRelDistance, QuestionType.ObjectRelDirectionEasy,
            QuestionType.RoutePlanning, QuestionType.ObjAppearanceOrder,
        ];
        ScoredAnswer[] answers =
        [
            .. types.Zip(tasks, (type, task) => new ScoredAnswer(type, "video", task / 100)),
            new(QuestionType.ObjectRelDirectionMedium, "video", tasks[5] / 100),
            new(QuestionType.ObjectRelDirectionHard, "video", tasks[5] / 100),
        ];

        Assert.Equal(overall, ScoreAggregation.Tabulate(answers, DirectionMean.OfTypes).Overall, 10);
    }

    private static ScoredAnswer[] Part(JsonElement part)
    {
        if (part.TryGetProperty("first", out JsonElement first))
            return BenchmarkVectors.Scored[..first.GetInt32()];
        HashSet<string> types = [.. part.GetProperty("question_types").EnumerateArray().Select(type => type.GetString()!)];
        return [.. BenchmarkVectors.Scored.Where(answer => types.Contains(answer.Type.Name()))];
    }

    /// <summary>The reference's column names are a task's and its metric's.</summary>
    private static string TaskName(string column) => column[..column.LastIndexOf('_')];
}
