using System.Text.Json;
using ViCA.Native.Evaluation;

namespace ViCA.Native.Tests.Evaluation;

public sealed class ScoringTests
{
    [Theory]
    [InlineData("C. chair, table", "C")]
    [InlineData("1.6.", "1.6")]
    [InlineData("3 meters", "3")]
    [InlineData(" 3", "")]
    [InlineData("B.\nfoo", "B.\nfoo")]
    [InlineData("\n4", "4")]
    [InlineData("2m", "2m")]
    [InlineData("A.. x", "A")]
    [InlineData("4.\n", "4.")]
    [InlineData("4\u001C", "4")]
    public void Extract_TakesTheFirstWordAsTheReferenceDoes(string answer, string expected) =>
        Assert.Equal(expected, Scoring.Extract(answer));

    [Fact]
    public void Extract_AndTheNumberInIt_AreTheReferencesForEveryText()
    {
        JsonElement[] lines = BenchmarkVectors.Lines("extraction.jsonl");

        Assert.Equal(340, lines.Length);
        Assert.All(lines, line =>
        {
            string extracted = Scoring.Extract(BenchmarkVectors.Text(line, "text"));
            Assert.Equal(BenchmarkVectors.Text(line, "extracted"), extracted);
            string? number = line.GetProperty("float").GetString();
            Assert.Equal(number is not null, PythonNumber.TryParse(extracted, out double value));
            if (number == "nan")
                Assert.True(double.IsNaN(value));
            else if (number is not null)
                AssertSameBits(BenchmarkVectors.Double(line.GetProperty("bits")), value);
        });
    }

    [Theory]
    [InlineData(QuestionType.ObjectCounting, " 3", "3", 0)]
    [InlineData(QuestionType.ObjectCounting, "2m", "2", 0)]
    [InlineData(QuestionType.ObjectCounting, "\n4", "4", 1)]
    [InlineData(QuestionType.ObjectCounting, "4.\n", "4", 1)]
    [InlineData(QuestionType.RoutePlanning, "B.\n", "B", 0)]
    [InlineData(QuestionType.RoutePlanning, "b. left", "B", 1)]
    public void Score_OfAnAnswer(QuestionType type, string answer, string groundTruth, double expected) =>
        Assert.Equal(expected, Scoring.Score(type, answer, groundTruth));

    [Fact]
    public void Score_OfEveryRow_IsTheReferences()
    {
        Dictionary<int, string> predictions = BenchmarkVectors.Lines("predictions.jsonl")
            .ToDictionary(line => line.GetProperty("id").GetInt32(), line => BenchmarkVectors.Text(line, "prediction"));

        Assert.Equal(1200, BenchmarkVectors.Rows.Length);
        Assert.All(BenchmarkVectors.Rows.Zip(BenchmarkVectors.Scores), pair =>
        {
            (JsonElement row, JsonElement expected) = pair;
            int id = row.GetProperty("id").GetInt32();
            QuestionType type = BenchmarkVectors.Type(row);
            Assert.Equal(expected.GetProperty("id").GetInt32(), id);
            Assert.Equal(BenchmarkVectors.Text(expected, "metric") != "accuracy", type.IsNumeric());
            Assert.Equal(
                Expected(expected), Scoring.Score(type, predictions[id], BenchmarkVectors.Text(row, "ground_truth")));
        });
    }

    [Fact]
    public void Score_OffTheOrdinaryPath_IsTheReferences()
    {
        JsonElement[] texts =
        [
            .. BenchmarkVectors.Lines("odd.jsonl").Where(line => IsText(line.GetProperty("prediction"))
                && IsText(line.GetProperty("row").GetProperty("ground_truth"))),
        ];

        Assert.Equal(24, texts.Length);
        Assert.All(texts, line =>
        {
            JsonElement row = line.GetProperty("row");
            bool known = QuestionTypes.TryParse(BenchmarkVectors.Text(row, "question_type"), out QuestionType type);
            Assert.Equal(line.TryGetProperty("exception", out JsonElement e) && e.GetString() == "ValueError", !known);
            if (known)
            {
                Assert.Equal(Expected(line), Scoring.Score(
                    type, BenchmarkVectors.Text(line, "prediction"), BenchmarkVectors.Text(row, "ground_truth")));
            }
        });
    }

    [Theory]
    [InlineData(2, 4, .1)]
    [InlineData(3, 4, .6)]
    [InlineData(5, 4, .6)]
    [InlineData(12, 10, .6)]
    [InlineData(1.2, 1, .7)]
    [InlineData(13, 10, .5)]
    [InlineData(14, 10, .3)]
    [InlineData(14.5, 10, .1)]
    [InlineData(11, 10, .9)]
    [InlineData(1.1, 1, .9)]
    [InlineData(10.5, 10, 1)]
    [InlineData(21, 20, 1)]
    [InlineData(0, 5, 0)]
    [InlineData(double.NaN, 5, 0)]
    [InlineData(6, 5, .6)]
    [InlineData(2.4, 2, .7)]
    public void MeanRelativeAccuracy_CountsTheBoundsThatTheErrorKeeps(double prediction, double target, double expected) =>
        Assert.Equal(expected, MeanRelativeAccuracy.Score(prediction, target));

    [Fact]
    public void MeanRelativeAccuracy_IsTheReferencesForEveryPair()
    {
        JsonElement[] lines = BenchmarkVectors.Lines("mra.jsonl");

        Assert.Equal(500, lines.Length);
        Assert.All(lines, line =>
        {
            double[] pair = [.. line.GetProperty("bits").EnumerateArray().Select(BenchmarkVectors.Double)];
            double? expected = line.TryGetProperty("value", out JsonElement value) ? value.GetDouble() : null;
            Assert.Equal(expected, MeanRelativeAccuracy.Score(pair[0], pair[1]));
        });
    }

    [Fact]
    public void MeanRelativeAccuracy_ConfidencesAreNumpys()
    {
        JsonElement thresholds = BenchmarkVectors.Document("mra-thresholds.json");

        Assert.Equal(
            thresholds.GetProperty("confidence").EnumerateArray()
                .Select(threshold => BenchmarkVectors.Double(threshold.GetProperty("bits"))),
            MeanRelativeAccuracy.Confidences);
    }

    private static bool IsText(JsonElement element) => element.ValueKind == JsonValueKind.String;

    /// <summary>The score; null where the reference stops with ZeroDivisionError.</summary>
    private static double? Expected(JsonElement line)
    {
        if (line.TryGetProperty("score", out JsonElement score))
            return score.GetDouble();
        Assert.Equal("ZeroDivisionError", BenchmarkVectors.Text(line, "exception"));
        return null;
    }

    private static void AssertSameBits(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
}
