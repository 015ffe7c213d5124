using System.Text;
using System.Text.Json;

namespace ViCA.Native.Tokenizer;

/// <summary>Reads `tokenizer.json`, the file of the tokenizers library.</summary>
internal static class TokenizerJson
{
    public const string FileName = "tokenizer.json";

    /// <exception cref="TokenizerException">The file is broken or describes another kind of tokenizer.</exception>
    public static BpeTokenizer Load(string folder)
    {
        var document = new JsonSections(TokenizerFile.Read(folder, FileName), FileName);
        var model = new JsonSections(document.Required("model"), FileName);
        TokenizerPipeline.RequireModel(model);
        TokenizerPipeline.RequireQwen2(document);
        List<AddedToken> addedTokens = ReadAddedTokens(document.Element("added_tokens"));

        var builder = new VocabularyBuilder(FileName);
        VocabularyFiles.ReadVocabulary(model.Required("vocab").Span, FileName, builder.Add);
        Vocabulary vocabulary = builder.Build(addedTokens);
        MergeTable merges = ReadMerges(model.Required("merges").Span, vocabulary);
        return new BpeTokenizer(vocabulary, merges, addedTokens, FileName);
    }

    private static List<AddedToken> ReadAddedTokens(JsonElement? list)
    {
        if (list is not { ValueKind: JsonValueKind.Array } array)
            throw TokenizerFile.BrokenJson(FileName, "'added_tokens' is not an array");
        var tokens = new List<AddedToken>();
        foreach (JsonElement entry in array.EnumerateArray())
            tokens.Add(ReadAddedToken(entry));
        return tokens;
    }

    private static AddedToken ReadAddedToken(JsonElement entry)
    {
        string text = TokenizerPipeline.Text(entry, "content");
        foreach (string flag in (string[])["single_word", "lstrip", "rstrip", "normalized"])
        {
            if (TokenizerPipeline.Flag(entry, flag))
            {
                string what = $"added token {Shown.Text(text)} has {flag} true (expected false)";
                throw new TokenizerException(ErrorCodes.TokenizerPretokenizer, $"{FileName}: {what}");
            }
        }
        if (!entry.TryGetProperty("id", out JsonElement idElement) || !idElement.TryGetInt32(out int id))
            throw TokenizerFile.BrokenJson(FileName, $"added token {Shown.Text(text)} has no integer id");
        return new AddedToken(id, text, TokenizerPipeline.Flag(entry, "special"));
    }

    private static MergeTable ReadMerges(ReadOnlySpan<byte> json, Vocabulary vocabulary)
    {
        var builder = new MergeTableBuilder(FileName, vocabulary);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw TokenizerFile.BrokenJson(FileName, "'merges' is not an array");
        byte[] buffer = new byte[256];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                builder.Add(TokenizerFile.Utf8(ref reader, FileName, ref buffer));
            else
                ReadPair(ref reader, builder);
        }
        return builder.Build();
    }

    private static void ReadPair(ref Utf8JsonReader reader, MergeTableBuilder builder)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw builder.Broken($"expected a string or a pair of strings, found {reader.TokenType}");
        var parts = new List<string>(2);
        while (reader.Read() && reader.TokenType == JsonTokenType.String && parts.Count < 3)
            parts.Add(TokenizerFile.Text(ref reader, FileName));
        if (parts.Count != 2 || reader.TokenType != JsonTokenType.EndArray)
            throw builder.Broken($"{Shown.Text(string.Join(' ', parts))} has {parts.Count} parts (expected 2)");
        builder.Add(Encoding.UTF8.GetBytes(parts[0]), Encoding.UTF8.GetBytes(parts[1]));
    }
}
