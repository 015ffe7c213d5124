using ViCA.Native.Gpu.Emulator;

namespace ViCA.Native.Gpu;

/// <summary>What one launch cost.</summary>
/// <param name="Kernel">Its name.</param>
/// <param name="Milliseconds">Time on a GPU; null on the emulator, whose time says nothing about a GPU.</param>
/// <param name="Registers">Registers per thread on a GPU; null on the emulator.</param>
/// <param name="LocalBytes">Local memory per thread on a GPU; null on the emulator.</param>
/// <param name="SharedBytes">Shared memory per block on a GPU; null on the emulator.</param>
/// <param name="Counters">What the emulator counted; null on a GPU, and when the emulator checks.</param>
public sealed record KernelProfile(
    string Kernel,
    float? Milliseconds,
    int? Registers,
    int? LocalBytes,
    int? SharedBytes,
    EmulatorCounters? Counters);
