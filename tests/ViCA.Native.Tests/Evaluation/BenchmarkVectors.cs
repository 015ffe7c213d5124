using System.Globalization;
using System.Text.Json;
using ViCA.Native.Evaluation;

namespace ViCA.Native.Tests.Evaluation;

/// <summary>Made-up rows and what the benchmark authors' program gives for them: see Fixtures/README.md.</summary>
internal static class BenchmarkVectors
{
    private static readonly Lazy<JsonElement[]> RowsValue = new(() => Lines("rows.jsonl"));

    /// <summary>The rows, in the order of the data set.</summary>
    public static JsonElement[] Rows => RowsValue.Value;

    /// <summary>The reference's result for each of <see cref="Rows"/>.</summary>
    public static JsonElement[] Scores { get; } = Lines("scores.jsonl");

    /// <summary>The rows that the reference could score, with its scores.</summary>
    public static ScoredAnswer[] Scored { get; } =
    [
        .. Rows.Zip(Scores)
            .Where(pair => pair.Second.TryGetProperty("score", out _))
            .Select(pair => Answer(pair.First, pair.Second.GetProperty("score").GetDouble())),
    ];

    public static JsonElement[] Lines(string file) =>
        [.. File.ReadLines(PathOf(file)).Select(line => JsonDocument.Parse(line).RootElement)];

    public static JsonElement Document(string file) => JsonDocument.Parse(File.ReadAllText(PathOf(file))).RootElement;

    public static ScoredAnswer Answer(JsonElement row, double score) =>
        new(Type(row), $"{Text(row, "dataset")}/{Text(row, "scene_name")}", score);

    public static QuestionType Type(JsonElement row)
    {
        Assert.True(QuestionTypes.TryParse(Text(row, "question_type"), out QuestionType type));
        return type;
    }

    public static string Text(JsonElement row, string property) => row.GetProperty(property).GetString()!;

    /// <summary>A double by its big-endian bits.</summary>
    public static double Double(JsonElement bits) =>
        BitConverter.Int64BitsToDouble(long.Parse(bits.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static string PathOf(string file) => Path.Combine(RepositoryPaths.Fixtures, "vsibench", file);
}
