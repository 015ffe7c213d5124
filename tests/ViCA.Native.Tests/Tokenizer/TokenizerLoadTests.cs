using System.Text.Json.Nodes;
using ViCA.Native.Tokenizer;

namespace ViCA.Native.Tests.Tokenizer;

/// <summary>Broken and foreign tokenizer files: rows TK-01 to TK-05 of the catalogue of bad inputs.</summary>
public sealed class TokenizerLoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_RefusesAFolderWithoutTokenizer() =>
        AssertRefused("tokenizer_missing", "tokenizer.json not found, nor vocab.json and merges.txt");

    [Theory]
    [InlineData("merges.txt")]
    [InlineData("added_tokens.json")]
    public void Load_RefusesAMissingPartOfTheOlderForm(string name)
    {
        _folder.CopyFrom(TokenizerFixtures.TinyFolder("tiny-a"), "vocab.json", "merges.txt", "added_tokens.json");
        File.Delete(_folder[name]);

        AssertRefused("tokenizer_missing", $"{name} not found");
    }

    [Fact]
    public void Load_RefusesAFileOver64MiB()
    {
        using (FileStream stream = File.Create(_folder["tokenizer.json"]))
            stream.SetLength((64 << 20) + 1);

        AssertRefused("tokenizer_missing",
            "tokenizer.json: file is too large (expected at most 67108864 bytes, found 67108865)");
    }

    [Theory]
    [InlineData("", "tokenizer.json: invalid JSON at byte 0")]
    [InlineData("[]", "tokenizer.json: expected an object, found StartArray")]
    [InlineData("{\"model\":{}", "tokenizer.json: invalid JSON at byte 11")]
    [InlineData("{\"a\":1} x", "tokenizer.json: invalid JSON at byte 8")]
    [InlineData("{\"a\":1,\"a\":2}", "tokenizer.json: duplicate property 'a'")]
    [InlineData("{\"a\":1}", "tokenizer.json: property 'model' is missing")]
    [InlineData("{\"\\ud800\":1}", "tokenizer.json: invalid JSON: a string has an unpaired surrogate")]
    public void Load_RefusesBrokenJson(string json, string message)
    {
        File.WriteAllText(_folder["tokenizer.json"], json);

        AssertRefused("tokenizer_json", message);
    }

    [Fact]
    public void Load_RefusesDeepNesting()
    {
        File.WriteAllText(_folder["tokenizer.json"], "{\"model\":" + new string('[', 200_000));

        Assert.Equal("tokenizer_json", Assert.Throws<TokenizerException>(Load).Code);
    }

    [Fact]
    public void Load_RefusesInvalidUtf8()
    {
        File.WriteAllBytes(_folder["tokenizer.json"], [.. "{\"a\":\""u8, 0xE6, 0xB2, .. "\"}"u8]);

        AssertRefused("tokenizer_json", "tokenizer.json: invalid UTF-8 at byte 6");
    }

    [Theory]
    [InlineData("type", "\"Unigram\"", "tokenizer.json: model type 'Unigram' (expected BPE)")]
    [InlineData("dropout", "0.1", "tokenizer.json: model.dropout is '0.1' (expected null)")]
    [InlineData("unk_token", "\"a\"", "tokenizer.json: model.unk_token is '\"a\"' (expected null)")]
    [InlineData("byte_fallback", "true", "tokenizer.json: model.byte_fallback is 'true' (expected false)")]
    [InlineData("ignore_merges", "true", "tokenizer.json: model.ignore_merges is 'true' (expected false)")]
    [InlineData("continuing_subword_prefix", "\"##\"",
        "tokenizer.json: model.continuing_subword_prefix is '\"##\"' (expected '' or null)")]
    [InlineData("end_of_word_suffix", "3", "tokenizer.json: model.end_of_word_suffix is '3' (expected '' or null)")]
    public void Load_RefusesAnotherModel(string property, string value, string message)
    {
        Write(document => document["model"]![property] = JsonNode.Parse(value));

        AssertRefused("tokenizer_type", message);
    }

    [Fact]
    public void Load_RefusesAnIdOfTwoTokens()
    {
        Write(document => Vocab(document)["a"] = 65);

        AssertRefused("tokenizer_vocab", "tokenizer.json: id 65 used by 'a' and 'b'");
    }

    [Fact]
    public void Load_RefusesATokenListedTwice()
    {
        string json = File.ReadAllText(Path.Combine(TokenizerFixtures.TinyFolder("tiny-a"), "tokenizer.json"));
        Assert.Contains("\"b\":65", json, StringComparison.Ordinal);
        File.WriteAllText(_folder["tokenizer.json"],
            json.Replace("\"b\":65", "\"\\u0061\":65", StringComparison.Ordinal));

        AssertRefused("tokenizer_vocab", "tokenizer.json: token 'a' has ids 64 and 65");
    }

    [Fact]
    public void Load_RefusesAGap()
    {
        Write(document => Vocab(document)["a"] = 700);

        AssertRefused("tokenizer_vocab",
            "tokenizer.json: id 64 has no token (expected ids 0 to 595 for 596 tokens, found 700)");
    }

    [Theory]
    [InlineData("-1", "tokenizer.json: token 'a' has id -1 (expected 0 or more)", "tokenizer_vocab")]
    [InlineData("1.5", "tokenizer.json: token 'a' has no integer id", "tokenizer_json")]
    [InlineData("99999999999", "tokenizer.json: token 'a' has no integer id", "tokenizer_json")]
    [InlineData("\"64\"", "tokenizer.json: token 'a' has no integer id", "tokenizer_json")]
    public void Load_RefusesAnIdThatIsNone(string id, string message, string code)
    {
        Write(document => Vocab(document)["a"] = JsonNode.Parse(id));

        AssertRefused(code, message);
    }

    [Fact]
    public void Load_RefusesATokenOutsideTheByteAlphabet()
    {
        Write(document => Vocab(document)["a b"] = 596);

        AssertRefused("tokenizer_vocab", "tokenizer.json: token 'a b' is empty or not written in the byte alphabet");
    }

    [Fact]
    public void Load_RefusesAVocabularyWithoutAByte()
    {
        Write(document =>
        {
            document["model"]!["merges"] = new JsonArray();
            Vocab(document).Remove("!");
            Vocab(document)["!!"] = 0;
        });

        AssertRefused("tokenizer_vocab", "tokenizer.json: byte 0x21 has no token");
    }

    [Fact]
    public void Load_RefusesATokenizerWithoutTheTemplatesTokens()
    {
        Write(document => document["added_tokens"]![1]!["content"] = "<|other|>");

        AssertRefused("tokenizer_vocab", "tokenizer.json: added token '<|im_start|>' is missing");
    }

    [Theory]
    [InlineData("\"x\"", "tokenizer.json: merge 0: 'x' has 1 parts (expected 2)")]
    [InlineData("\"x y z\"", "tokenizer.json: merge 0: 'x y z' has 3 parts (expected 2)")]
    [InlineData("\" x\"", "tokenizer.json: merge 0: ' x' has 1 parts (expected 2)")]
    [InlineData("\"x qqq\"", "tokenizer.json: merge 0: unknown token 'qqq'")]
    [InlineData("\"x y\"", "tokenizer.json: merge 0: 'x y' joins to unknown 'xy'")]
    [InlineData("[\"x\"]", "tokenizer.json: merge 0: 'x' has 1 parts (expected 2)")]
    [InlineData("[\"x\",\"y\",\"z\"]", "tokenizer.json: merge 0: 'x y z' has 3 parts (expected 2)")]
    [InlineData("[\"x\",\"y\"]", "tokenizer.json: merge 0: 'x y' joins to unknown 'xy'")]
    [InlineData("7", "tokenizer.json: merge 0: expected a string or a pair of strings, found Number")]
    public void Load_RefusesABrokenMerge(string merge, string message)
    {
        Write(document => Merges(document)[0] = JsonNode.Parse(merge));

        AssertRefused("tokenizer_merges", message);
    }

    [Fact]
    public void Load_RefusesAMergeListedTwice()
    {
        Write(document => Merges(document)[1] = Merges(document)[0]!.DeepClone());

        AssertRefused("tokenizer_merges", "tokenizer.json: merge 1: ' t' is joined twice from the same parts");
    }

    [Fact]
    public void Load_NamesTheMergeOfTheTextFile()
    {
        _folder.CopyFrom(TokenizerFixtures.TinyFolder("tiny-a"), "vocab.json", "merges.txt", "added_tokens.json");
        string[] lines = File.ReadAllLines(_folder["merges.txt"]);
        lines[4] = "x y";
        File.WriteAllLines(_folder["merges.txt"], lines);

        AssertRefused("tokenizer_merges", "merges.txt: merge 3: 'x y' joins to unknown 'xy'");
    }

    [Fact]
    public void Load_RefusesAnotherNormalizer()
    {
        Write(document => document["normalizer"]!["type"] = "NFKC");

        AssertRefused("tokenizer_pretokenizer", "tokenizer.json: normalizer type 'NFKC' (expected NFC)");
    }

    [Fact]
    public void Load_RefusesNoNormalizer()
    {
        Write(document => document["normalizer"] = null);

        AssertRefused("tokenizer_pretokenizer", "tokenizer.json: normalizer type '' (expected NFC)");
    }

    [Fact]
    public void Load_RefusesAnotherPattern()
    {
        Write(document => Split(document)["pattern"]!["Regex"] = SplitScanner.Pattern.Replace(@"\p{N}|", @"\p{N}{1,3}|",
            StringComparison.Ordinal));

        AssertRefused("tokenizer_pretokenizer", "tokenizer.json: pattern differs from the supported Qwen2 pattern");
    }

    [Theory]
    [InlineData("type", "\"Digits\"",
        "tokenizer.json: pre_tokenizer steps 'Digits, ByteLevel' (expected Split, ByteLevel)")]
    [InlineData("behavior", "\"Removed\"",
        "tokenizer.json: split does not isolate its matches (expected behavior Isolated, invert false)")]
    [InlineData("invert", "true",
        "tokenizer.json: split does not isolate its matches (expected behavior Isolated, invert false)")]
    public void Load_RefusesAnotherSplit(string property, string value, string message)
    {
        Write(document => Split(document)[property] = JsonNode.Parse(value));

        AssertRefused("tokenizer_pretokenizer", message);
    }

    [Theory]
    [InlineData("add_prefix_space")]
    [InlineData("use_regex")]
    public void Load_RefusesAnotherByteLevel(string flag)
    {
        Write(document => document["pre_tokenizer"]!["pretokenizers"]![1]![flag] = true);

        AssertRefused("tokenizer_pretokenizer",
            "tokenizer.json: ByteLevel adds a space or splits (expected add_prefix_space and use_regex false)");
    }

    [Fact]
    public void Load_RefusesAPostProcessorThatAddsTokens()
    {
        Write(document => document["post_processor"] = JsonNode.Parse("{\"type\":\"TemplateProcessing\"}"));

        AssertRefused("tokenizer_pretokenizer",
            "tokenizer.json: post_processor type 'TemplateProcessing' (expected ByteLevel or null)");
    }

    [Fact]
    public void Load_RefusesAnAddedTokenThatStripsItsNeighbours()
    {
        Write(document => document["added_tokens"]![3]!["lstrip"] = true);

        AssertRefused("tokenizer_pretokenizer",
            "tokenizer.json: added token '<image>' has lstrip true (expected false)");
    }

    [Fact]
    public void Load_TakesMergesAsPairsAndModelPropertiesInAnyOrder()
    {
        Write(document =>
        {
            JsonObject model = document["model"]!.AsObject();
            JsonNode vocab = model["vocab"]!;
            var pairs = new JsonArray();
            foreach (JsonNode? merge in Merges(document))
            {
                string[] parts = merge!.GetValue<string>().Split(' ');
                pairs.Add(new JsonArray(JsonValue.Create(parts[0]), JsonValue.Create(parts[1])));
            }
            model["merges"] = pairs;
            model.Remove("vocab");
            model["vocab"] = vocab;
        });

        BpeTokenizer tokenizer = Load();

        const string Question = "How many chairs are in this room?";
        Assert.Equal(TokenizerFixtures.Tiny.Encode(Question, true), tokenizer.Encode(Question, true));
    }

    [Fact]
    public void Load_TakesATokenizerWithoutImageToken()
    {
        Write(document => document["added_tokens"]!.AsArray().RemoveAt(3));

        BpeTokenizer tokenizer = Load();

        Assert.Null(tokenizer.ImageId);
        Assert.Equal(595, tokenizer.Length);
    }

    private BpeTokenizer Load() => BpeTokenizer.Load(_folder.Path);

    private void AssertRefused(string code, string message)
    {
        var failure = Assert.Throws<TokenizerException>(Load);
        Assert.Equal(message, failure.Message);
        Assert.Equal(code, failure.Code);
        Assert.Equal(3, failure.ExitCode);
    }

    /// <summary>Writes tiny-a's tokenizer.json with one thing changed.</summary>
    private void Write(Action<JsonNode> change)
    {
        string path = Path.Combine(TokenizerFixtures.TinyFolder("tiny-a"), "tokenizer.json");
        JsonNode document = JsonNode.Parse(File.ReadAllText(path))!;
        change(document);
        File.WriteAllText(_folder["tokenizer.json"], document.ToJsonString());
    }

    private static JsonObject Vocab(JsonNode document) => document["model"]!["vocab"]!.AsObject();

    private static JsonArray Merges(JsonNode document) => document["model"]!["merges"]!.AsArray();

    private static JsonNode Split(JsonNode document) => document["pre_tokenizer"]!["pretokenizers"]![0]!;
}
