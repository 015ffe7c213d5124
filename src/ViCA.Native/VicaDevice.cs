namespace ViCA.Native;

/// <summary>What a model runs on.</summary>
public enum VicaDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>The GPU kernels, executed by the PTX emulator on the processor: for tests and study, slow.</summary>
    Emulator,

    /// <summary>The first NVIDIA GPU.</summary>
    Cuda,

    /// <summary>The first NVIDIA GPU, or the processor where there is none.</summary>
    Auto,
}
