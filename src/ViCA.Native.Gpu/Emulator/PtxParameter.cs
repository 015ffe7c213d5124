namespace ViCA.Native.Gpu.Emulator;

/// <summary>A parameter of a kernel.</summary>
/// <param name="Name">Its name in the PTX.</param>
/// <param name="Offset">Its first byte in the parameter block.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Alignment">The multiple at which it starts.</param>
public sealed record PtxParameter(string Name, int Offset, int Bytes, int Alignment);
