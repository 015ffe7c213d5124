using System.Text.Json;

namespace ViCA.Native.Tokenizer;

/// <summary>
/// Checks that `tokenizer.json` describes the pipeline that <see cref="BpeTokenizer"/> is written for, word for word.
/// Foreign patterns are refused, never compiled.
/// </summary>
internal static class TokenizerPipeline
{
    private const string File = TokenizerJson.FileName;

    /// <summary>A BPE model without options that change its result (`tokenizer_type`).</summary>
    public static void RequireModel(JsonSections model)
    {
        string type = model.Element("type") is { ValueKind: JsonValueKind.String } element ? ToText(element) : "";
        if (type != "BPE")
            throw WrongType($"model type {Shown.Text(type)} (expected BPE)");
        foreach (string name in (string[])["dropout", "unk_token"])
        {
            if (model.Element(name) is { ValueKind: not JsonValueKind.Null } value)
                throw WrongType($"model.{name} is {Shown.Text(value.GetRawText())} (expected null)");
        }
        foreach (string name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.Element(name) is { } affix && affix.ValueKind != JsonValueKind.Null && ToText(affix).Length > 0)
                throw WrongType($"model.{name} is {Shown.Text(affix.GetRawText())} (expected '' or null)");
        }
        foreach (string name in (string[])["byte_fallback", "ignore_merges"])
        {
            if (model.Element(name) is { ValueKind: not JsonValueKind.False } flag)
                throw WrongType($"model.{name} is {Shown.Text(flag.GetRawText())} (expected false)");
        }
    }

    /// <summary>NFC, the Qwen2 split, bytes; nothing added after (`tokenizer_pretokenizer`).</summary>
    public static void RequireQwen2(JsonSections document)
    {
        string normalizer = TypeOf(document.Element("normalizer"));
        if (normalizer != "NFC")
            throw WrongPipeline($"normalizer type {Shown.Text(normalizer)} (expected NFC)");
        RequireSplit(document.Element("pre_tokenizer"));
        string processor = TypeOf(document.Element("post_processor"));
        if (processor is not ("" or "ByteLevel"))
            throw WrongPipeline($"post_processor type {Shown.Text(processor)} (expected ByteLevel or null)");
        string decoder = TypeOf(document.Element("decoder"));
        if (decoder != "ByteLevel")
            throw WrongPipeline($"decoder type {Shown.Text(decoder)} (expected ByteLevel)");
    }

    /// <summary>A string property of an object.</summary>
    public static string Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value
            ? ToText(value)
            : throw TokenizerFile.BrokenJson(File, $"property '{name}' is not a string");

    /// <summary>A true or false property of an object; false when there is none.</summary>
    public static bool Flag(JsonElement element, string name) => Property(element, name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw TokenizerFile.BrokenJson(File, $"property '{name}' is neither true nor false"),
    };

    private static void RequireSplit(JsonElement? preTokenizer)
    {
        string type = TypeOf(preTokenizer);
        if (type != "Sequence")
            throw WrongPipeline($"pre_tokenizer type {Shown.Text(type)} (expected Sequence)");
        JsonElement[] steps = Property(preTokenizer, "pretokenizers") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray()]
            : [];
        string types = string.Join(", ", steps.Take(8).Select(step => TypeOf(step)));
        if (types != "Split, ByteLevel")
            throw WrongPipeline($"pre_tokenizer steps {Shown.Text(types)} (expected Split, ByteLevel)");
        JsonElement? regex = Property(Property(steps[0], "pattern"), "Regex");
        if (regex is not { ValueKind: JsonValueKind.String } pattern || ToText(pattern) != SplitScanner.Pattern)
            throw WrongPipeline("pattern differs from the supported Qwen2 pattern");
        if (Text(steps[0], "behavior") != "Isolated" || Flag(steps[0], "invert"))
            throw WrongPipeline("split does not isolate its matches (expected behavior Isolated, invert false)");
        if (Flag(steps[1], "add_prefix_space") || Flag(steps[1], "use_regex"))
            throw WrongPipeline("ByteLevel adds a space or splits (expected add_prefix_space and use_regex false)");
    }

    private static string TypeOf(JsonElement? element) => element switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { } value => Text(value, "type"),
    };

    private static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out JsonElement property)
            ? property
            : null;

    private static string ToText(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException exception)
        {
            throw TokenizerFile.BrokenJson(File, "invalid JSON: expected well-formed text", exception);
        }
    }

    private static TokenizerException WrongType(string what) => new(ErrorCodes.TokenizerType, $"{File}: {what}");

    private static TokenizerException WrongPipeline(string what) =>
        new(ErrorCodes.TokenizerPretokenizer, $"{File}: {what}");
}
