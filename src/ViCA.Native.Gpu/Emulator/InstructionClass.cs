namespace ViCA.Native.Gpu.Emulator;

/// <summary>What an instruction keeps busy.</summary>
public enum InstructionClass
{
    /// <summary>Integers, logic, comparisons, selection.</summary>
    Integer,

    /// <summary>Additions, multiplications, minima of floats.</summary>
    Float,

    /// <summary>Division, roots, exponentials and the like.</summary>
    SpecialFunction,

    /// <summary>Conversions between types.</summary>
    Conversion,

    /// <summary>Copies between registers, addresses, parameters.</summary>
    Move,

    /// <summary>Global memory.</summary>
    GlobalMemory,

    /// <summary>Shared memory.</summary>
    SharedMemory,

    /// <summary>Local, constant and generic memory.</summary>
    OtherMemory,

    /// <summary>Atomics and reductions in memory.</summary>
    Atomic,

    /// <summary>Shuffles, votes, matches, reductions across the warp.</summary>
    WarpExchange,

    /// <summary>Barriers and fences.</summary>
    Synchronisation,

    /// <summary>Branches, calls, returns.</summary>
    Control,

    /// <summary>Tensor cores and asynchronous copies.</summary>
    Tensor,
}
