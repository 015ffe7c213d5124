namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>What a stretch of a buffer must hold.</summary>
internal sealed record ExpectedRange
{
    /// <summary>First element.</summary>
    public required int Start { get; init; }

    /// <summary>Elements.</summary>
    public required int Count { get; init; }

    public required CompareRule Rule { get; init; }

    /// <summary>What the stretch is, e.g. an instruction.</summary>
    public string? What { get; init; }

    public FloatView? View { get; init; }

    public bool AnyNaN { get; init; }

    public bool AnyZeroSign { get; init; }

    /// <summary>The bits that are compared.</summary>
    public ulong Mask { get; init; } = ulong.MaxValue;

    /// <summary>Representable values that <see cref="CompareRule.Ulp"/> allows.</summary>
    public long Ulp { get; init; }

    /// <summary>Bound of <see cref="CompareRule.Close"/>.</summary>
    public double Absolute { get; init; }

    /// <summary>Bound of <see cref="CompareRule.Close"/>, relative to the expected value.</summary>
    public double Relative { get; init; }

    /// <summary>The element that completes a <see cref="CompareRule.SortedUnion"/>.</summary>
    public (string Buffer, int Index) With { get; init; }

    /// <summary>First and last integer of a <see cref="CompareRule.SortedUnion"/>.</summary>
    public (long First, long Last) Values { get; init; }

    /// <summary>A difference is worth a look, not a failure.</summary>
    public bool IsOptional { get; init; }
}
