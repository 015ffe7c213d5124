namespace ViCA.Native.Gpu.Emulator;

/// <summary>How much a launch watches.</summary>
public enum EmulatorMode
{
    /// <summary>Results only; accesses outside of allocations still stop the launch.</summary>
    Run,

    /// <summary>Also uninitialised reads, races, misuse of barriers and shuffles.</summary>
    Check,

    /// <summary>Counters instead of checks.</summary>
    Profile,
}
