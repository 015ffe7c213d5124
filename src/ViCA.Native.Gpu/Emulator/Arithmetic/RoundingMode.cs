namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>
/// How an inexact result is rounded (PTX ISA, "Rounding Modifiers"). The modifiers that round to an integral value
/// (<c>.rni</c>, <c>.rzi</c>, <c>.rmi</c>, <c>.rpi</c>) use the same four words.
/// </summary>
internal enum RoundingMode
{
    /// <summary><c>.rn</c>: to nearest, ties to even.</summary>
    NearestEven,

    /// <summary><c>.rz</c>: towards zero.</summary>
    TowardZero,

    /// <summary><c>.rm</c>: towards negative infinity.</summary>
    Down,

    /// <summary><c>.rp</c>: towards positive infinity.</summary>
    Up,

    /// <summary><c>.rna</c>: to nearest, ties away from zero.</summary>
    NearestAway,
}
