namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>A binary floating-point format of at most 32 bits, laid out as IEEE 754 lays out its own.</summary>
internal interface IFloatFormat
{
    /// <summary>Stored bits of the significand.</summary>
    static abstract int FractionBits { get; }

    /// <summary>Bits of the exponent.</summary>
    static abstract int ExponentBits { get; }

    /// <summary>Zero bits below the significand: 13 for tf32, which lies in the upper part of its register.</summary>
    static abstract int PaddingBits { get; }

    /// <summary>The NaN that instructions return.</summary>
    static abstract uint CanonicalNaN { get; }
}
