using System.Globalization;
using System.Text.Json;

namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>A value in a description's JSON that knows where it stands, so that a refusal can say it.</summary>
internal readonly struct DescriptionNode(JsonElement element, string path)
{
    /// <summary>The refusal of this value.</summary>
    public PtxDescriptionException Error(string problem) => new($"{path}: {problem}");

    /// <summary>A property that may be missing.</summary>
    public DescriptionNode? Optional(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Expected("an object");
        return element.TryGetProperty(name, out JsonElement value)
            ? new DescriptionNode(value, $"{path}.{name}")
            : null;
    }

    /// <summary>A property that must be there.</summary>
    public DescriptionNode this[string name] => Optional(name) ?? throw Error($"'{name}' missing");

    public string Text() => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Expected("a text");

    public long Integer(long least, long most)
    {
        bool isInteger = element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out _);
        if (isInteger && element.GetInt64() is long value && value >= least && value <= most)
            return value;
        throw Expected($"a whole number from {least} to {most}");
    }

    public double Number() => element.ValueKind == JsonValueKind.Number && double.IsFinite(element.GetDouble())
        ? element.GetDouble()
        : throw Expected("a number");

    public bool Flag() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Expected("true or false"),
    };

    /// <summary>A bit pattern in hexadecimal digits that fits the mask.</summary>
    public ulong Hex(ulong mask)
    {
        string text = Text();
        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        bool isHex = ulong.TryParse(
            digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits);
        if (!isHex)
            throw Expected("hexadecimal digits");
        return (bits & ~mask) == 0 ? bits : throw Error($"0x{bits:x} is wider than the type");
    }

    public byte[] HexBytes()
    {
        try
        {
            return Convert.FromHexString(Text());
        }
        catch (FormatException)
        {
            throw Expected("pairs of hexadecimal digits");
        }
    }

    public IReadOnlyList<DescriptionNode> Items()
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw Expected("a list");
        List<DescriptionNode> items = [];
        foreach (JsonElement item in element.EnumerateArray())
            items.Add(new DescriptionNode(item, $"{path}[{items.Count}]"));
        return items;
    }

    public IReadOnlyList<(string Name, DescriptionNode Value)> Properties()
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Expected("an object");
        string here = path;
        return [.. element.EnumerateObject().Select(property =>
            (property.Name, new DescriptionNode(property.Value, $"{here}.{property.Name}")))];
    }

    private PtxDescriptionException Expected(string what)
    {
        const int MaxShown = 40;
        string found = element.GetRawText();
        if (found.Length > MaxShown)
            found = $"{found[..MaxShown]}…";
        return Error($"{found} (expected {what})");
    }
}
