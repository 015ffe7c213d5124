namespace ViCA.Native.Cli.Options;

/// <summary>What runs PTX.</summary>
internal enum PtxDevice
{
    Emulator,
    Cuda,
}
