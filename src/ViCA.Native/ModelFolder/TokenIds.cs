using System.Text.Json;

namespace ViCA.Native.ModelFolder;

/// <summary>Token ids in config files, which are one number or a list of numbers.</summary>
internal static class TokenIds
{
    private const int MaxCount = 1024;

    /// <summary>
    /// The ids of a key, in order; empty when it is missing or null. Throws <see cref="ModelConfigException"/>.
    /// </summary>
    public static IReadOnlyList<int> Read(ConfigReader config, string key)
    {
        if (config.Find(key) is not { } value)
            return [];
        JsonElement[] items =
            value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Take(MaxCount + 1)] : [value];
        if (items.Length is 0 or > MaxCount || !items.All(IsTokenId))
            throw config.Wrong(key, value, "a token id or a list of them");
        return [.. items.Select(item => item.GetInt32())];
    }

    private static bool IsTokenId(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id >= 0;
}
