namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>Modes of <c>prmt</c> (PTX ISA, "prmt").</summary>
internal enum PermuteMode
{
    /// <summary>Four selector nibbles.</summary>
    Generic,

    /// <summary><c>.f4e</c>: forward, four bytes from the selected one on.</summary>
    Forward,

    /// <summary><c>.b4e</c>: backward.</summary>
    Backward,

    /// <summary><c>.rc8</c>: one byte, four times.</summary>
    Replicate8,

    /// <summary><c>.ecl</c>: edge clamp, left.</summary>
    EdgeClampLeft,

    /// <summary><c>.ecr</c>: edge clamp, right.</summary>
    EdgeClampRight,

    /// <summary><c>.rc16</c>: one half, twice.</summary>
    Replicate16,
}
