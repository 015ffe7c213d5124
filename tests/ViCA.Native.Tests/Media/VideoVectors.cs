using System.Security.Cryptography;
using System.Text.Json;

namespace ViCA.Native.Tests.Media;

/// <summary>What decord 0.6.0 and libav 5.1 give for the clips: see Fixtures/video/README.md.</summary>
internal static class VideoVectors
{
    private static readonly JsonDocument Vectors = Read("vectors.json");
    private static readonly JsonDocument ExternalVectors = Read("external-vectors.json");
    private static readonly JsonDocument About = Read("clips.json");

    /// <summary>Clips that decord gives frames for and that a strict reader reads too.</summary>
    internal static IEnumerable<string> Readable =>
        Vectors.RootElement.GetProperty("clips").EnumerateArray().Select(FileName).Where(file => Class(file) is null);

    /// <summary>Clips that a strict reader refuses, by the class it should report.</summary>
    internal static IEnumerable<(string File, string Class)> Refused =>
        About.RootElement.EnumerateObject()
            .Where(clip => clip.Value.TryGetProperty("class", out _))
            .Select(clip => (clip.Name, clip.Value.GetProperty("class").GetString()!));

    internal static string Path(string file) => System.IO.Path.Combine(RepositoryPaths.Fixtures, "video", file);

    internal static JsonElement Clip(string file) => Find(Vectors, "clips", file);

    internal static JsonElement Error(string file) => Find(Vectors, "errors", file);

    internal static JsonElement External(string file) => Find(ExternalVectors, "clips", file);

    /// <summary>
    /// Place in presentation order → hash, or its first 16 digits, as far as the vectors of a clip tell.
    /// </summary>
    internal static Dictionary<int, string> HashesByPlace(JsonElement clip)
    {
        JsonElement frames = clip.GetProperty("frames");
        int[] indices = Indices(frames);
        Dictionary<int, string> hashes = [];
        int[] places = clip.TryGetProperty("returned", out JsonElement returned) ? Numbers(returned) : indices;
        Add(hashes, places, Hashes(frames));
        if (clip.TryGetProperty("in_pts_order_sha256", out JsonElement inOrder))
            Add(hashes, indices, Strings(inOrder));
        if (clip.TryGetProperty("frames64", out JsonElement frames64))
        {
            string key = frames64.TryGetProperty("returned", out _) ? "returned" : "indices";
            Add(hashes, Numbers(frames64.GetProperty(key)), Strings(frames64.GetProperty("first16_sha256")));
        }
        return hashes;
    }

    internal static int[] Indices(JsonElement frames) =>
        [.. frames.EnumerateArray().Select(frame => frame.GetProperty("index").GetInt32())];

    internal static string[] Hashes(JsonElement frames) =>
        [.. frames.EnumerateArray().Select(frame => frame.GetProperty("sha256").GetString()!)];

    internal static int[] Numbers(JsonElement numbers) =>
        [.. numbers.EnumerateArray().Select(number => number.GetInt32())];

    internal static string[] Strings(JsonElement strings) => [.. strings.EnumerateArray().Select(s => s.GetString()!)];

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Add(Dictionary<int, string> hashes, int[] places, string[] values)
    {
        foreach ((int place, string value) in places.Zip(values))
            hashes.TryAdd(place, value);
    }

    private static string? Class(string file) =>
        About.RootElement.TryGetProperty(file, out JsonElement clip)
        && clip.TryGetProperty("class", out JsonElement name)
            ? name.GetString()
            : null;

    private static JsonElement Find(JsonDocument document, string list, string file) =>
        document.RootElement.GetProperty(list).EnumerateArray().Single(clip => FileName(clip) == file);

    private static string FileName(JsonElement clip) => clip.GetProperty("file").GetString()!;

    private static JsonDocument Read(string file) => JsonDocument.Parse(File.ReadAllText(Path(file)));
}
