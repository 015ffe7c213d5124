using System.Text.Json;

namespace ViCA.Native.Tests.Models;

/// <summary>A question of the tiny models' fixtures with the reference's answer.</summary>
internal sealed record FixtureCase(
    string Case,
    FixtureFrames Frames,
    string Question,
    string[]? Options,
    string TimeInstruction,
    int[] PromptIds,
    int SequenceLength,
    Dictionary<string, int[]> GeneratedIds,
    string Text,
    int[]? EosTokenIds,
    string? PixelsBf16Sha256)
{
    private static readonly JsonSerializerOptions Options_ = new() { PropertyNameCaseInsensitive = true };

    public VicaQuestion ToQuestion() => new(Question)
    {
        Options = Options ?? [],
        TimeInstruction = TimeInstruction.Length > 0,
    };

    public static IReadOnlyList<FixtureCase> All(string model)
    {
        string path = Path.Combine(RepositoryPaths.Fixtures, model, "cases.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.GetProperty("cases").Deserialize<FixtureCase[]>(Options_)!;
    }

    public static FixtureCase Find(string model, string name) => All(model).Single(one => one.Case == name);

    public string Clip(string model) => Path.Combine(RepositoryPaths.Fixtures, model, "clips", $"{Case}.mkv");
}

internal sealed record FixtureFrames(int Count, int Phase, int Height, int Width, string Sha256);
