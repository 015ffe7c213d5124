using System.Text.Json;

namespace ViCA.Native.Cli.Demo;

/// <summary>A question about a clip, and the ids that the reference implementation generated for it.</summary>
internal sealed record ReferenceCase(
    string Name,
    ulong Seed,
    string WeightsSha256,
    int Frames,
    string Question,
    int MaxNewTokens,
    IReadOnlyList<int> TokenIds)
{
    /// <summary>Reads the bundled case.</summary>
    public static ReferenceCase Load(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        return new ReferenceCase(
            root.GetProperty("case").GetString()!,
            root.GetProperty("seed").GetUInt64(),
            root.GetProperty("weightsSha256").GetString()!,
            root.GetProperty("frames").GetInt32(),
            root.GetProperty("question").GetString()!,
            root.GetProperty("maxNewTokens").GetInt32(),
            [.. root.GetProperty("tokenIds").EnumerateArray().Select(id => id.GetInt32())]);
    }
}
