namespace ViCA.Native.Gpu.Emulator.Descriptions;

/// <summary>A description of a PTX run, or a file that it names, is not usable.</summary>
public sealed class PtxDescriptionException(string message, Exception? innerException = null)
    : VicaException(ErrorCodes.PtxDescription, message, innerException);
