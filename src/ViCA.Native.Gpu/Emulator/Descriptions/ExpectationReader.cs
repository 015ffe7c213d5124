namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>Reads what buffers and counters must be after the launch.</summary>
internal static class ExpectationReader
{
    /// <exception cref="PtxDescriptionException">It is not in the format, or does not fit its buffer.</exception>
    public static ExpectedBuffer Read(DescriptionNode node, IReadOnlyDictionary<string, PtxBuffer> buffers)
    {
        string name = node["buffer"].Text();
        if (!buffers.TryGetValue(name, out PtxBuffer? buffer))
            throw node["buffer"].Error($"no buffer '{name}'");
        int count = (int)node["count"].Integer(1, buffer.Length);
        IReadOnlyList<ExpectedRange> ranges = node.Optional("ranges") is { } list
            ? [.. list.Items().Select(item => ReadRange(item, ReadStretch(item, count), buffer.Type, buffers))]
            : [ReadRange(node, (0, count), buffer.Type, buffers)];
        return new ExpectedBuffer(name, count, node["file"].Text(), node.Optional("sha256")?.Text(), ranges);
    }

    /// <exception cref="PtxDescriptionException">It is not in the format.</exception>
    public static ExpectedCounter ReadCounter(DescriptionNode node)
    {
        Dictionary<string, long> values = [];
        foreach ((string name, DescriptionNode value) in node.Properties())
        {
            if (CounterComparison.Names.Contains(name))
                values.Add(name, value.Integer(0, long.MaxValue));
        }
        return new ExpectedCounter(node["instruction"].Text(), values);
    }

    private static (int Start, int Count) ReadStretch(DescriptionNode node, int elements)
    {
        int start = (int)node["start"].Integer(0, elements - 1);
        return (start, (int)node["count"].Integer(1, elements - start));
    }

    private static ExpectedRange ReadRange(
        DescriptionNode node,
        (int Start, int Count) stretch,
        PtxElementType type,
        IReadOnlyDictionary<string, PtxBuffer> buffers)
    {
        CompareRule rule = ReadRule(node["compare"]);
        FloatView? view = node.Optional("view") is { } viewed ? ReadView(viewed, type) : null;
        ExpectedRange range = new()
        {
            Start = stretch.Start,
            Count = stretch.Count,
            Rule = rule,
            What = node.Optional("what")?.Text(),
            View = view,
            AnyNaN = IsAny(node, "nan"),
            AnyZeroSign = IsAny(node, "zeroSign"),
            Mask = node.Optional("mask")?.Hex(type.Mask()) ?? ulong.MaxValue,
            Ulp = rule == CompareRule.Ulp ? node["ulp"].Integer(0, long.MaxValue) : 0,
            Absolute = rule == CompareRule.Close ? node["abs"].Number() : 0,
            Relative = rule == CompareRule.Close ? node["rel"].Number() : 0,
            IsOptional = node.Optional("optional")?.Flag() ?? false,
        };
        if ((range.AnyNaN || range.AnyZeroSign) && view is null && !type.IsFloat())
            throw node.Error($"nan and zeroSign need a view of {type}");
        return rule == CompareRule.SortedUnion ? WithUnion(range, node, buffers) : range;
    }

    private static ExpectedRange WithUnion(
        ExpectedRange range, DescriptionNode node, IReadOnlyDictionary<string, PtxBuffer> buffers)
    {
        DescriptionNode with = node["with"];
        string name = with["buffer"].Text();
        if (!buffers.TryGetValue(name, out PtxBuffer? other))
            throw with["buffer"].Error($"no buffer '{name}'");
        IReadOnlyList<DescriptionNode> values = node["values"].Items();
        if (values.Count != 2)
            throw node["values"].Error($"{values.Count} numbers (expected first and last)");
        return range with
        {
            With = (name, (int)with["index"].Integer(0, other.Length - 1)),
            Values = (
                values[0].Integer(long.MinValue, long.MaxValue), values[1].Integer(long.MinValue, long.MaxValue)),
        };
    }

    private static CompareRule ReadRule(DescriptionNode node) => node.Text() switch
    {
        "bits" => CompareRule.Bits,
        "ulp" => CompareRule.Ulp,
        "close" => CompareRule.Close,
        "sorted" => CompareRule.Sorted,
        "sortedUnion" => CompareRule.SortedUnion,
        string other => throw node.Error(
            $"unknown rule '{other}' (expected bits, ulp, close, sorted or sortedUnion)"),
    };

    private static FloatView ReadView(DescriptionNode node, PtxElementType type)
    {
        FloatView view = node.Text() switch
        {
            "f16" => new FloatView(PtxElementType.F16, 1),
            "bf16" => new FloatView(PtxElementType.BF16, 1),
            "f32" => new FloatView(PtxElementType.F32, 1),
            "f64" => new FloatView(PtxElementType.F64, 1),
            "f16x2" => new FloatView(PtxElementType.F16, 2),
            "bf16x2" => new FloatView(PtxElementType.BF16, 2),
            string other => throw node.Error(
                $"unknown view '{other}' (expected f16, bf16, f32, f64, f16x2 or bf16x2)"),
        };
        return view.Bits <= type.Bits() ? view : throw node.Error($"'{node.Text()}' is wider than {type}");
    }

    private static bool IsAny(DescriptionNode node, string name)
    {
        if (node.Optional(name) is not { } rule)
            return false;
        return rule.Text() == "any" ? true : throw rule.Error($"'{rule.Text()}' (expected any)");
    }
}
