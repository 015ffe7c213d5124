namespace ViCA.Native.Gpu.Emulator.Checking;

/// <summary>What a memory instruction does to its bytes, how it orders (PTX ISA 8).</summary>
[Flags]
internal enum AccessKind
{
    None = 0,
    Read = 1,
    Write = 2,

    /// <summary>Volatile, relaxed, acquire, release or atomic: never in a race with another strong access.</summary>
    Strong = 4,

    /// <summary>What the writer released happens before what follows.</summary>
    Acquire = 8,

    /// <summary>What came before happens before what follows the reader's acquire.</summary>
    Release = 16,

    /// <summary>The scope is wider than the block.</summary>
    BeyondBlock = 32,

    /// <summary>A read and a write that nothing comes between.</summary>
    Atomic = Read | Write | Strong,
}
