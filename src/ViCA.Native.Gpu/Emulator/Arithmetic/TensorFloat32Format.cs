namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary><c>.tf32</c>: the range of f32 with 10 bits of fraction; the low 13 bits are zero here.</summary>
internal readonly struct TensorFloat32Format : IFloatFormat
{
    public static int FractionBits => 10;

    public static int ExponentBits => 8;

    public static int PaddingBits => 13;

    public static uint CanonicalNaN => FloatBits.CanonicalNaN;
}
