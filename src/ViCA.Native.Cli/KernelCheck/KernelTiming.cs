namespace ViCA.Native.Cli.KernelCheck;

/// <summary>One launch of a case.</summary>
/// <param name="Kernel">The instance.</param>
/// <param name="Microseconds">The median time by the GPU's events; null on the emulator.</param>
/// <param name="Registers">Registers per thread, as the driver says; null on the emulator.</param>
/// <param name="LocalBytes">Local memory per thread, as the driver says; null on the emulator.</param>
/// <param name="SharedBytes">Shared memory per block, as the driver says; null on the emulator.</param>
internal sealed record KernelTiming(
    string Kernel, double? Microseconds, int? Registers, int? LocalBytes, int? SharedBytes);
