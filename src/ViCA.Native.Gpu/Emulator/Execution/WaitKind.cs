namespace ViCA.Native.Gpu.Emulator.Execution;

/// <summary>What lanes wait for.</summary>
internal enum WaitKind
{
    None,

    /// <summary>A barrier of the block.</summary>
    Barrier,

    /// <summary>Other lanes of the warp at an instruction with a member mask.</summary>
    Warp,

    /// <summary>Other lanes of the warp at an aligned barrier.</summary>
    Aligned,
}
