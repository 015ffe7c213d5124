using ViCA.Native.Gpu.Emulator.Parsing;

namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>
/// Generic addresses (PTX ISA 6.4.1.1): a host address is global memory (constants and the kernel's parameters lie there
/// too); shared and local memory and functions have windows where no process has memory.
/// </summary>
internal static class AddressWindows
{
    public const ulong Shared = 1UL << 56;
    public const ulong Local = 2UL << 56;
    public const ulong Function = 3UL << 56;
    public const ulong OffsetMask = (1UL << 56) - 1;

    /// <summary>The space that a generic address lies in.</summary>
    public static StateSpace SpaceOf(ulong address) => (address & ~OffsetMask) switch
    {
        Shared => StateSpace.Shared,
        Local => StateSpace.Local,
        _ => StateSpace.Global,
    };

    /// <summary>What to add to an address within a space to make it generic.</summary>
    public static ulong BaseOf(StateSpace space) => space switch
    {
        StateSpace.Shared => Shared,
        StateSpace.Local => Local,
        _ => 0,
    };
}
