namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary>A format of 16 bits: f16 or bf16.</summary>
internal interface IHalfFormat : IFloatFormat
{
    /// <summary>The pattern of 1.0.</summary>
    static abstract ushort One { get; }

    /// <summary>The value as f32, exact.</summary>
    static abstract float Widen(ushort bits);

    /// <summary>The value rounded to nearest, ties to even; NaN becomes the canonical NaN.</summary>
    static abstract ushort Narrow(float value);
}
