using System.Globalization;
using System.Text.Json;
using ViCA.Native.Tensors.Checkpoint;

namespace ViCA.Native.ModelFolder;

/// <summary>
/// Typed values of one JSON object of a config file. Every failure is a <see cref="ModelConfigException"/> that names
/// the key, the value and what was expected.
/// </summary>
internal readonly struct ConfigReader(JsonElement json, string fileName, string prefix = "")
{
    /// <summary>The value, or null when the key is missing or its value is null.</summary>
    public JsonElement? Find(string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The values of an object below this one, or null.</summary>
    public ConfigReader? Object(string key)
    {
        if (Find(key) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(key, value, "an object");
        return new ConfigReader(value, fileName, prefix + key + ".");
    }

    /// <summary>
    /// An integer in a range; <paramref name="missing"/> when there is none, an error when that is null.
    /// </summary>
    public int Integer(string key, int minimum, int maximum, int? missing = null)
    {
        string expected = $"{minimum} to {maximum}";
        if (Find(key) is not { } value)
            return missing ?? throw Missing(key, expected);
        bool right = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            && number >= minimum && number <= maximum;
        return right ? value.GetInt32() : throw Wrong(key, value, expected);
    }

    /// <summary>A number that is finite and above zero.</summary>
    public double Positive(string key, double? missing = null)
    {
        const string Expected = "finite, > 0";
        if (Find(key) is not { } value)
            return missing ?? throw Missing(key, Expected);
        if (value.ValueKind != JsonValueKind.Number)
            throw Wrong(key, value, Expected);
        double number = value.GetDouble();
        if (double.IsFinite(number) && number > 0)
            return number;
        // NOTE: 1e400 is read as infinity; that is what the message has to say.
        string shown = double.IsFinite(number) ? Show(value) : number.ToString(CultureInfo.InvariantCulture);
        throw Error(ErrorCodes.ConfigValue, $"{prefix}{key} = {shown} (expected {Expected})");
    }

    /// <summary>A string, or null.</summary>
    public string? Text(string key)
    {
        if (Find(key) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(key, value, "a string");
    }

    /// <summary>Refuses a flag that is true.</summary>
    public void RequireFalse(string key)
    {
        if (Find(key) is not { } value)
            return;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw Wrong(key, value, "true or false");
        if (value.ValueKind == JsonValueKind.True)
            throw Unsupported(key, value, "false");
    }

    /// <summary>Refuses any value but one; <paramref name="missing"/> is what a missing key means.</summary>
    public void RequireText(string key, string expected, string? missing)
    {
        if ((Text(key) ?? missing) == expected)
            return;
        throw Find(key) is { } value ? Unsupported(key, value, expected) : Missing(key, expected);
    }

    /// <summary>Refuses a key that has a value.</summary>
    public void RequireNull(string key)
    {
        if (Find(key) is { } value)
            throw Unsupported(key, value, "null");
    }

    public ModelConfigException Missing(string key, string expected) =>
        Error(ErrorCodes.ConfigValue, $"{prefix}{key} missing (expected {expected})");

    public ModelConfigException Wrong(string key, JsonElement value, string expected) =>
        Error(ErrorCodes.ConfigValue, $"{prefix}{key} = {Show(value)} (expected {expected})");

    public ModelConfigException Unsupported(string key, JsonElement value, string expected) =>
        Error(
            ErrorCodes.ConfigUnsupported,
            $"{prefix}{key} = {Show(value)} (expected {expected}); ViCA does not use it");

    public ModelConfigException Error(string code, string what) => new(code, $"{fileName}: {what}");

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"'{PrintableText.Clip(value.GetString()!)}'",
        JsonValueKind.Object or JsonValueKind.Array => $"an {value.ValueKind.ToString().ToLowerInvariant()}",
        _ => PrintableText.Clip(value.GetRawText()),
    };
}
