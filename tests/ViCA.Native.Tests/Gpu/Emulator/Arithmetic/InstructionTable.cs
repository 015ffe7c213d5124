using System.Globalization;
using System.Text.Json;

namespace ViCA.Native.Tests.Gpu.Emulator.Arithmetic;

/// <summary>
/// One case of an instruction-table fixture: its inputs, made by the formulas of the fixtures' README, and a row of
/// expected results per instruction.
/// </summary>
internal sealed class InstructionTable
{
    private readonly JsonElement _case;
    private readonly byte[] _expected;
    private readonly int _elementBytes;

    private InstructionTable(JsonElement caseElement, string folder)
    {
        _case = caseElement;
        JsonElement expect = caseElement.GetProperty("expect")[0];
        _expected = File.ReadAllBytes(Path.Combine(folder, expect.GetProperty("file").GetString()!));
        _elementBytes = _expected.Length / expect.GetProperty("count").GetInt32();
    }

    public static InstructionTable Load(string kernel, string caseName)
    {
        string folder = Path.Combine(RepositoryPaths.Fixtures, "ptx");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, kernel + ".json")));
        foreach (JsonElement element in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            if (element.GetProperty("name").GetString() == caseName)
                return new InstructionTable(element.Clone(), folder);
        }

        throw new ArgumentException($"{kernel} has no case {caseName}");
    }

    /// <summary>The bit patterns of an input buffer.</summary>
    public ulong[] Input(string buffer)
    {
        JsonElement description = _case.GetProperty("buffers").GetProperty(buffer);
        JsonElement init = description.GetProperty("init");
        string type = description.GetProperty("type").GetString()!;
        int width = int.Parse(type.AsSpan(1), CultureInfo.InvariantCulture);
        ulong[] values = new ulong[description.GetProperty("length").GetInt32()];
        for (int i = 0; i < values.Length; i++)
            values[i] = Element(init, i, width);
        return values;
    }

    /// <summary>Compares every row with the function of its instruction, element by element.</summary>
    public void Check(Func<string, int, ulong> compute)
    {
        List<string> failures = [];
        foreach (JsonElement row in _case.GetProperty("expect")[0].GetProperty("ranges").EnumerateArray())
        {
            string what = row.GetProperty("what").GetString()!;
            int start = row.GetProperty("start").GetInt32();
            for (int i = 0; i < row.GetProperty("count").GetInt32(); i++)
            {
                ulong expected = Bits(start + i);
                ulong got = compute(what, i);
                if (!Matches(row, got, expected))
                    failures.Add($"{what}[{i}]: expected {expected:x}, found {got:x}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20)));
    }

    private static ulong Element(JsonElement init, int index, int width)
    {
        string rule = init.GetProperty("rule").GetString()!;
        if (rule == "list")
            return Hex(init, index);

        ulong x = Random(init.GetProperty("seed").GetUInt64(), index);
        if (rule == "mix")
        {
            int length = init.GetProperty("hex").GetArrayLength();
            return (x & 1) != 0 ? Hex(init, (int)((x >> 32) % (ulong)length)) : x >> (64 - width);
        }

        Assert.Equal("uniform", rule);
        double value = ((2 * ((x >> 40) / (double)(1 << 24))) - 1) * init.GetProperty("amp").GetDouble();
        return BitConverter.SingleToUInt32Bits((float)value);
    }

    private static ulong Hex(JsonElement init, int index) =>
        ulong.Parse(init.GetProperty("hex")[index].GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static ulong Random(ulong seed, int index)
    {
        ulong z = seed + ((ulong)(index + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static bool Matches(JsonElement row, ulong got, ulong expected)
    {
        switch (row.GetProperty("compare").GetString())
        {
            case "ulp":
                long distance = (long)Ordered((uint)got) - Ordered((uint)expected);
                return Math.Abs(distance) <= row.GetProperty("ulp").GetInt32();
            case "close":
                double wanted = BitConverter.UInt32BitsToSingle((uint)expected);
                double difference = Math.Abs(BitConverter.UInt32BitsToSingle((uint)got) - wanted);
                return difference <= row.GetProperty("abs").GetDouble()
                    + (row.GetProperty("rel").GetDouble() * Math.Abs(wanted));
        }

        if (row.TryGetProperty("mask", out JsonElement mask))
        {
            ulong bits = ulong.Parse(mask.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            (got, expected) = (got & bits, expected & bits);
        }

        string view = row.TryGetProperty("view", out JsonElement name) ? name.GetString()! : "";
        return view.EndsWith("x2", StringComparison.Ordinal)
            ? SameNumber(row, view[..^2], got & 0xffff, expected & 0xffff)
                && SameNumber(row, view[..^2], got >> 16, expected >> 16)
            : SameNumber(row, view, got, expected);
    }

    private static bool SameNumber(JsonElement row, string view, ulong got, ulong expected)
    {
        if (got == expected)
            return true;
        (ulong sign, ulong infinity) = view switch
        {
            "f16" => (0x8000ul, 0x7c00ul),
            "bf16" => (0x8000ul, 0x7f80ul),
            "f32" => (0x8000_0000ul, 0x7f80_0000ul),
            "f64" => (0x8000_0000_0000_0000ul, 0x7ff0_0000_0000_0000ul),
            _ => (0ul, ulong.MaxValue),
        };
        bool bothNaN = (got & ~sign) > infinity && (expected & ~sign) > infinity;
        bool bothZero = ((got | expected) & ~sign) == 0;
        return (bothNaN && row.TryGetProperty("nan", out _)) || (bothZero && row.TryGetProperty("zeroSign", out _));
    }

    private static int Ordered(uint bits) => (int)bits < 0 ? (int)(0x8000_0000 - bits) : (int)bits;

    private ulong Bits(int index)
    {
        ReadOnlySpan<byte> element = _expected.AsSpan(index * _elementBytes, _elementBytes);
        return _elementBytes == 8 ? BitConverter.ToUInt64(element) : BitConverter.ToUInt32(element);
    }
}
