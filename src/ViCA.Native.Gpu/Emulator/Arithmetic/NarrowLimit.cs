namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>What a conversion or a half operation does with results outside a range (PTX ISA, "cvt", "fma").</summary>
internal enum NarrowLimit
{
    /// <summary>Nothing: infinities and NaN pass.</summary>
    None,

    /// <summary><c>.sat</c>: clamped to [0, 1]; NaN becomes +0.</summary>
    Unit,

    /// <summary><c>.relu</c>: negative results become +0; NaN becomes the canonical NaN.</summary>
    Rectified,

    /// <summary><c>.satfinite</c>: infinities become the largest finite number of their sign.</summary>
    Finite,

    /// <summary><c>.relu.satfinite</c>.</summary>
    RectifiedFinite,
}
