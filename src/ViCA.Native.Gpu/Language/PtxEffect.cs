namespace ViCA.Native.Gpu.Language;

/// <summary>What an instruction does besides computing its result, and so how far it may be moved.</summary>
public enum PtxEffect
{
    /// <summary>Nothing: equal arguments give equal results anywhere.</summary>
    None,

    /// <summary>It involves other threads of the warp: never moved, merged or dropped.</summary>
    Convergent,

    /// <summary>It orders memory accesses or threads: never moved or dropped, and no access moves across it.</summary>
    Barrier,
}
