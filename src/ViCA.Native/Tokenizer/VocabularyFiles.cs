using System.Text;
using System.Text.Json;

namespace ViCA.Native.Tokenizer;

/// <summary>Reads the older form of a tokenizer: `vocab.json`, `merges.txt` and `added_tokens.json`.</summary>
internal static class VocabularyFiles
{
    private const string VocabularyName = "vocab.json";
    private const string MergesName = "merges.txt";
    private const string AddedName = "added_tokens.json";

    /// <summary>Takes a token's UTF-8 text and its id.</summary>
    public delegate void TokenAction(ReadOnlySpan<byte> text, int id);

    /// <exception cref="TokenizerException">A file is missing or broken.</exception>
    public static BpeTokenizer Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, VocabularyName)))
        {
            string message = $"{TokenizerJson.FileName} not found, nor {VocabularyName} and {MergesName}";
            throw new TokenizerException(ErrorCodes.TokenizerMissing, message);
        }
        var builder = new VocabularyBuilder(VocabularyName);
        ReadVocabulary(TokenizerFile.Read(folder, VocabularyName), VocabularyName, builder.Add);
        // This form has no flags: all added tokens of the published files are special.
        var addedTokens = new List<AddedToken>();
        ReadVocabulary(TokenizerFile.Read(folder, AddedName), AddedName,
            (text, id) => addedTokens.Add(new AddedToken(id, Encoding.UTF8.GetString(text), IsSpecial: true)));
        Vocabulary vocabulary = builder.Build(addedTokens);
        MergeTable merges = ReadMerges(TokenizerFile.Read(folder, MergesName), vocabulary);
        return new BpeTokenizer(vocabulary, merges, addedTokens, AddedName);
    }

    /// <summary>Reads a JSON object of tokens and ids.</summary>
    public static void ReadVocabulary(ReadOnlySpan<byte> json, string file, TokenAction add)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw TokenizerFile.BrokenJson(file, $"vocabulary is not an object (found {reader.TokenType})");
            byte[] buffer = new byte[256];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> text = TokenizerFile.Utf8(ref reader, file, ref buffer);
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int id))
                    throw TokenizerFile.BrokenJson(file, $"token {Shown.Text(text)} has no integer id");
                add(text, id);
            }
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw TokenizerFile.BrokenJson(file, $"invalid JSON at byte {reader.BytesConsumed}", exception);
        }
    }

    private static MergeTable ReadMerges(ReadOnlySpan<byte> text, Vocabulary vocabulary)
    {
        var builder = new MergeTableBuilder(MergesName, vocabulary);
        bool isFirst = true;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range].TrimEnd((byte)'\r');
            bool isHeader = isFirst && line.StartsWith("#version"u8);
            bool isEnd = range.End.Value == text.Length && line.IsEmpty;
            isFirst = false;
            if (!isHeader && !isEnd)
                builder.Add(line);
        }
        return builder.Build();
    }
}
