namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Compares buffers after a launch with what they must hold.</summary>
internal static class OutputComparison
{
    /// <summary>Compares all ranges of a buffer; <paramref name="other"/> gives the contents of another one.</summary>
    public static PtxOutputResult Compare(
        ExpectedBuffer expectation, BufferContent actual, BufferContent expected, Func<string, BufferContent> other)
    {
        PtxDifference? optional = null;
        foreach (ExpectedRange range in expectation.Ranges)
        {
            PtxDifference? found = range.Rule switch
            {
                CompareRule.Sorted => FirstUnsorted(range, actual, expected),
                CompareRule.SortedUnion => FirstNotOnce(range, actual, other(range.With.Buffer)),
                _ => FirstDifferent(range, actual, expected),
            };
            if (found is not null && !range.IsOptional)
                return new PtxOutputResult(expectation.Buffer, false, found, false);
            optional ??= found;
        }
        return new PtxOutputResult(expectation.Buffer, optional is null, optional, optional is not null);
    }

    private static PtxDifference? FirstDifferent(ExpectedRange range, BufferContent actual, BufferContent expected)
    {
        for (int i = range.Start; i < range.Start + range.Count; i++)
        {
            if (!AreEqual(range, actual.Type, actual[i], expected[i]))
                return Difference(range, i, actual.Type, actual[i], expected[i]);
        }
        return null;
    }

    private static bool AreEqual(ExpectedRange range, PtxElementType type, ulong actual, ulong expected)
    {
        if (range.Rule == CompareRule.Bits)
        {
            if (range.AnyNaN || range.AnyZeroSign)
            {
                FloatView view = range.View ?? new FloatView(type, 1);
                actual = view.Normalise(actual, expected, range.AnyNaN, range.AnyZeroSign);
            }
            return ((actual ^ expected) & range.Mask) == 0;
        }
        if (actual == expected)
            return true;
        double a = type.ToDouble(actual);
        double e = type.ToDouble(expected);
        if (double.IsNaN(a) || double.IsNaN(e))
            return double.IsNaN(a) && double.IsNaN(e);
        return range.Rule == CompareRule.Ulp
            ? Int128.Abs(type.Order(actual) - type.Order(expected)) <= range.Ulp
            : Math.Abs(a - e) <= range.Absolute + range.Relative * Math.Abs(e);
    }

    private static PtxDifference? FirstUnsorted(ExpectedRange range, BufferContent actual, BufferContent expected)
    {
        ulong[] found = Sorted(range, actual);
        ulong[] wanted = Sorted(range, expected);
        int i = found.AsSpan().CommonPrefixLength(wanted);
        return i == range.Count ? null : Difference(range, range.Start + i, actual.Type, found[i], wanted[i]);
    }

    private static ulong[] Sorted(ExpectedRange range, BufferContent content) =>
    [
        .. Enumerable.Range(range.Start, range.Count)
            .Select(i => content[i])
            .OrderBy(bits => content.Type.Order(bits))
            .ThenBy(bits => bits),
    ];

    private static PtxDifference? FirstNotOnce(ExpectedRange range, BufferContent actual, BufferContent other)
    {
        Int128[] found =
        [
            .. Enumerable.Range(range.Start, range.Count)
                .Select(i => actual.Type.Order(actual[i]))
                .Append(other.Type.Order(other[range.With.Index]))
                .Order(),
        ];
        for (int i = 0; i < found.Length; i++)
        {
            Int128 wanted = range.Values.First + (Int128)i;
            if (found[i] != wanted)
                return new PtxDifference(range.Start + i, $"{wanted}", $"{found[i]}", range.What);
        }
        Int128 count = range.Values.Last - (Int128)range.Values.First + 1;
        return count == found.Length
            ? null
            : new PtxDifference(range.Start, $"{count} values", $"{found.Length} values", range.What);
    }

    private static PtxDifference Difference(
        ExpectedRange range, int index, PtxElementType type, ulong actual, ulong expected) =>
        new(index, type.Format(expected), type.Format(actual), range.What);
}
