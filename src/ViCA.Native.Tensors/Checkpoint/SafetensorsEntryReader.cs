using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ViCA.Native.Tensors.Checkpoint;

/// <summary>
/// Reads the entry of one tensor from a header whose syntax and depth are known to be right. Fields that the format
/// does not have are skipped, as the reference implementation does.
/// </summary>
internal sealed class SafetensorsEntryReader(string fileName, Func<string, bool> allowsAnyType)
{
    private const int MaxRank = 64;

    private readonly List<long> _shape = [];

    // The entry being read.
    private string _name = "";
    private ElementType? _type;
    private bool _hasShape;
    private bool _hasOffsets;
    private ulong _begin;
    private ulong _end;

    /// <summary>Reads from the value's first token to its last. Throws <see cref="WeightsFormatException"/>.</summary>
    public SafetensorsEntry Read(ref Utf8JsonReader reader, string name)
    {
        (_name, _type, _hasShape, _hasOffsets) = (name, null, false, false);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Error(ErrorCodes.WeightsTensorEntry, $" is {Kind(reader.TokenType)} (expected Object)");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            ReadField(ref reader);
        ElementType type = _type ?? throw Missing("dtype");
        if (!_hasShape)
            throw Missing("shape");
        if (!_hasOffsets)
            throw Missing("data_offsets");
        CheckSize(type);
        return new SafetensorsEntry(_name, type, [.. _shape], _begin, _end);
    }

    /// <summary>A token's kind in the words of messages.</summary>
    public static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "Object",
        JsonTokenType.StartArray => "Array",
        JsonTokenType.True or JsonTokenType.False => "Boolean",
        _ => token.ToString(),
    };

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("dtype"u8))
        {
            OnlyOnce(_type is not null, "dtype");
            ReadType(ref reader);
        }
        else if (reader.ValueTextEquals("shape"u8))
        {
            OnlyOnce(_hasShape, "shape");
            ReadShape(ref reader);
        }
        else if (reader.ValueTextEquals("data_offsets"u8))
        {
            OnlyOnce(_hasOffsets, "data_offsets");
            ReadOffsets(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadType(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String, "dtype");
        string text = Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 320)]);
        _type = ElementType.Find(text);
        if (_type is null || (!_type.Value.IsDType && !allowsAnyType(_name)))
            throw Error(ErrorCodes.WeightsDType, $": dtype '{PrintableText.Clip(text)}' (expected BF16, F16 or F32)");
    }

    private void ReadShape(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "shape");
        _shape.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_shape.Count == MaxRank)
                throw Error(ErrorCodes.WeightsShape, $": more than {MaxRank} dimensions");
            if (!TryGetUnsigned(ref reader, out ulong dimension))
            {
                string what = $": shape[{_shape.Count}] = {ValueText(ref reader)} (expected unsigned integer)";
                throw Error(ErrorCodes.WeightsShape, what);
            }
            if (dimension > long.MaxValue)
                throw Overflow();
            _shape.Add((long)dimension);
        }
        _hasShape = true;
    }

    private void ReadOffsets(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray, "data_offsets");
        bool right = reader.Read() && TryGetUnsigned(ref reader, out _begin)
            && reader.Read() && TryGetUnsigned(ref reader, out _end)
            && reader.Read() && reader.TokenType == JsonTokenType.EndArray;
        if (!right)
            throw Error(ErrorCodes.WeightsTensorEntry, ": field 'data_offsets' is not two unsigned integers");
        _hasOffsets = true;
    }

    private void CheckSize(ElementType type)
    {
        if (_begin > _end)
            throw Error(ErrorCodes.WeightsOffsets, $" begins at {_begin}, ends at {_end}");
        ulong bytes = (ulong)type.Bytes;
        try
        {
            foreach (long dimension in _shape)
                bytes = checked(bytes * (ulong)dimension);
        }
        catch (OverflowException)
        {
            throw Overflow();
        }
        if (bytes != _end - _begin)
        {
            string shape = type.Name + PrintableText.Clip(PrintableText.Shape(_shape));
            throw Error(ErrorCodes.WeightsSizeMismatch, $": {shape} needs {bytes} bytes, offsets give {_end - _begin}");
        }
    }

    // NOTE: digits only. The reader's own number conversion throws on 1.0 and 1e2 and takes -0.
    private static bool TryGetUnsigned(ref Utf8JsonReader reader, out ulong value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number
            && Utf8Parser.TryParse(reader.ValueSpan, out value, out int consumed)
            && consumed == reader.ValueSpan.Length;
    }

    private static string ValueText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => PrintableText.Clip(reader.ValueSpan),
        JsonTokenType.String => $"\"{PrintableText.Clip(reader.ValueSpan)}\"",
        _ => Kind(reader.TokenType),
    };

    private void Expect(ref Utf8JsonReader reader, JsonTokenType token, string field)
    {
        reader.Read();
        if (reader.TokenType != token)
        {
            string what = $": field '{field}' is {Kind(reader.TokenType)} (expected {Kind(token)})";
            throw Error(ErrorCodes.WeightsTensorEntry, what);
        }
    }

    private void OnlyOnce(bool seen, string field)
    {
        if (seen)
            throw Error(ErrorCodes.WeightsTensorEntry, $": field '{field}' appears twice");
    }

    private WeightsFormatException Missing(string field) =>
        Error(ErrorCodes.WeightsTensorEntry, $": field '{field}' missing");

    private WeightsFormatException Overflow() =>
        Error(ErrorCodes.WeightsSizeOverflow, ": size exceeds 64 bits");

    private WeightsFormatException Error(string code, string what) =>
        SafetensorsHeader.Error(code, fileName, $"tensor '{PrintableText.Clip(_name)}'{what}");
}
