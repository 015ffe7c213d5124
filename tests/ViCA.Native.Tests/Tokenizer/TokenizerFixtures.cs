using System.Text.Json;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

/// <summary>The tokenizers and the reference's vectors that tests of text share.</summary>
internal static class TokenizerFixtures
{
    private static readonly Lazy<BpeTokenizer> Qwen2Value = new(() => BpeTokenizer.Load(Qwen2Folder));
    private static readonly Lazy<BpeTokenizer> TinyValue = new(() => BpeTokenizer.Load(TinyFolder("tiny-a")));

    public static string Qwen2Folder => Path.Combine(RepositoryPaths.External, "qwen2");

    /// <summary>The real tokenizer; call <see cref="SkipWithoutQwen2"/> first.</summary>
    public static BpeTokenizer Qwen2 => Qwen2Value.Value;

    public static BpeTokenizer Tiny => TinyValue.Value;

    public static string TinyFolder(string name) => Path.Combine(RepositoryPaths.Fixtures, name, "model");

    public static void SkipWithoutQwen2() =>
        Skip.IfNot(Directory.Exists(Qwen2Folder), "needs ../shared/external/qwen2, which is not there");

    public static IEnumerable<JsonElement> Lines(string name)
    {
        foreach (string line in File.ReadLines(Path.Combine(RepositoryPaths.Fixtures, "tokenizer", name)))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int[] Ids(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];
}
