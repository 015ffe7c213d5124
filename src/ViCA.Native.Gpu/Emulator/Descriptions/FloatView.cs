namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>How the low bits of an element are read as floats.</summary>
/// <param name="Type">The float.</param>
/// <param name="Count">How many lie side by side, from the low bits up.</param>
internal sealed record FloatView(PtxElementType Type, int Count)
{
    /// <summary>The bits of all of them.</summary>
    public int Bits => Type.Bits() * Count;

    /// <summary>
    /// The expected pattern wherever <paramref name="actual"/> may differ from it, else the actual
    /// one: a NaN may be any NaN, a zero may have any sign.
    /// </summary>
    public ulong Normalise(ulong actual, ulong expected, bool anyNaN, bool anyZeroSign)
    {
        for (int i = 0; i < Count; i++)
        {
            int shift = i * Type.Bits();
            ulong mask = Type.Mask() << shift;
            double a = Type.ToDouble((actual & mask) >> shift);
            double e = Type.ToDouble((expected & mask) >> shift);
            bool isSame = (anyNaN && double.IsNaN(a) && double.IsNaN(e)) || (anyZeroSign && a == 0 && e == 0);
            if (isSame)
                actual = (actual & ~mask) | (expected & mask);
        }
        return actual;
    }
}
