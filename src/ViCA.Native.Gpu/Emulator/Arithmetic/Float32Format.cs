namespace ViCA.Native.Gpu.Emulator.Arithmetic;

/// <summary><c>.f32</c>.</summary>
internal readonly struct Float32Format : IFloatFormat
{
    public static int FractionBits => 23;

    public static int ExponentBits => 8;

    public static int PaddingBits => 0;

    public static uint CanonicalNaN => FloatBits.CanonicalNaN;
}
