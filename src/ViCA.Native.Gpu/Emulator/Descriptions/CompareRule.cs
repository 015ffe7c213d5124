namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>When two contents are equal: the `compare` of the format.</summary>
internal enum CompareRule
{
    /// <summary>The same bits.</summary>
    Bits,

    /// <summary>At most some representable values apart.</summary>
    Ulp,

    /// <summary>abs(got - expected) at most abs + rel · abs(expected).</summary>
    Close,

    /// <summary>The same values in any order.</summary>
    Sorted,

    /// <summary>With one element of another buffer, each integer of a range once.</summary>
    SortedUnion,
}
