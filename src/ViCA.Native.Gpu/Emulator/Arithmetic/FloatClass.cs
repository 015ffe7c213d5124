namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>Properties that <c>testp</c> asks for (PTX ISA, "testp").</summary>
internal enum FloatClass
{
    /// <summary>Neither infinite nor NaN.</summary>
    Finite,

    /// <summary>Positive or negative infinity.</summary>
    Infinite,

    /// <summary>Not NaN.</summary>
    Number,

    /// <summary>NaN.</summary>
    NotANumber,

    /// <summary>A normal number; both zeros count as normal.</summary>
    Normal,

    /// <summary>A denormal number.</summary>
    Subnormal,
}
